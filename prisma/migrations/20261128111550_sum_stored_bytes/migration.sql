-- A few narrow rows for each run, which lie in their primary key.
CREATE TABLE "StoredBytes" (
    "runNumber" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "files" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,

    PRIMARY KEY ("runNumber", "type"),
    CONSTRAINT "StoredBytes_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

INSERT INTO "StoredBytes" ("runNumber", "type", "files", "bytes")
SELECT "runNumber", "type", count(*), sum("bytes") FROM "Artifact" GROUP BY "runNumber", "type";

-- Whatever changes the list of files changes the sums in the same transaction. Files are added and removed, never changed in place.
CREATE TRIGGER "Artifact_added" AFTER INSERT ON "Artifact" BEGIN
  INSERT INTO "StoredBytes" ("runNumber", "type", "files", "bytes") VALUES (NEW."runNumber", NEW."type", 1, NEW."bytes")
  ON CONFLICT ("runNumber", "type") DO UPDATE SET "files" = "files" + 1, "bytes" = "bytes" + excluded."bytes";
END;
CREATE TRIGGER "Artifact_removed" AFTER DELETE ON "Artifact" BEGIN
  UPDATE "StoredBytes" SET "files" = "files" - 1, "bytes" = "bytes" - OLD."bytes"
  WHERE "runNumber" = OLD."runNumber" AND "type" = OLD."type";
END;
