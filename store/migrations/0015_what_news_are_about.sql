-- Of a notice of shut-down the day of that, also where the news is its announcement; null for other kinds.
ALTER TABLE news ADD COLUMN about_on DATE;
