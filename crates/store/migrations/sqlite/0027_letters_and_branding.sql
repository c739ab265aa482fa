-- What letters say where it is not what the program says, in JSON; and the branding of its pages, with the logo.
ALTER TABLE vendor ADD COLUMN letter_texts TEXT;
ALTER TABLE vendor ADD COLUMN branding TEXT;
ALTER TABLE vendor ADD COLUMN logo BLOB;
