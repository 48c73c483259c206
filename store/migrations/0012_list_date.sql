-- Lists of scores that show several models a week or more before they were out are not of their date: what such a list
-- says was there by the release day of the newest of them (`there_by`).
CREATE TABLE list_date (payload_sha256 VARCHAR PRIMARY KEY, there_by DATE);
