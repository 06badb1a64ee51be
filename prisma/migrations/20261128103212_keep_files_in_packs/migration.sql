-- Where files lie that share a pack: added to the table as it is, whose rows lie in their primary key.
ALTER TABLE "Artifact" ADD COLUMN "pack" INTEGER;
ALTER TABLE "Artifact" ADD COLUMN "offset" INTEGER NOT NULL DEFAULT 0;
