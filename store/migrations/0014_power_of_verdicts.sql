-- What the test behind a past verdict would have noticed: a verdict is worth no more than that.
ALTER TABLE track_record ADD COLUMN stop_noticed DOUBLE;
