-- Names and types of files as storedName and storedType write them: of most, how they begin and end is a code. What they take is a third of the database.
CREATE TABLE "new_Artifact" (
    "runNumber" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" BLOB,
    "facts" JSONB,
    "pack" INTEGER,
    "offset" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("runNumber", "name"),
    CONSTRAINT "Artifact_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;
INSERT INTO "new_Artifact" ("runNumber", "name", "type", "bytes", "sha256", "facts", "pack", "offset")
SELECT "runNumber",
  CASE
    WHEN "name" GLOB 'checkpoints/?*.safetensors' THEN 'c:' || substr("name", 13, length("name") - 24)
    WHEN "name" GLOB 'codes/?*.safetensors' THEN 'd:' || substr("name", 7, length("name") - 18)
    WHEN "name" GLOB 'resume/?*.safetensors' THEN 'e:' || substr("name", 8, length("name") - 19)
    WHEN "name" GLOB 'reconstructions/?*.png' THEN 'r:' || substr("name", 17, length("name") - 20)
    WHEN "name" GLOB 'reconstructions/?*.safetensors' THEN 's:' || substr("name", 17, length("name") - 28)
    WHEN "name" GLOB 'analysis/?*.png' THEN 'f:' || substr("name", 10, length("name") - 13)
    WHEN "name" GLOB 'analysis/?*.safetensors' THEN 'g:' || substr("name", 10, length("name") - 21)
    ELSE "name"
  END,
  CASE "type" WHEN 'checkpoint' THEN 'c:' WHEN 'codes' THEN 'd:' WHEN 'resume' THEN 'e:' WHEN 'reconstructions' THEN 'r:' WHEN 'figure' THEN 'f:' ELSE "type" END,
  "bytes", "sha256", "facts", "pack", "offset"
FROM "Artifact" ORDER BY 1, 2;
DROP TABLE "Artifact";
ALTER TABLE "new_Artifact" RENAME TO "Artifact";

UPDATE "StoredBytes" SET "type" =
  CASE "type" WHEN 'checkpoint' THEN 'c:' WHEN 'codes' THEN 'd:' WHEN 'resume' THEN 'e:' WHEN 'reconstructions' THEN 'r:' ELSE 'f:' END
WHERE "type" IN ('checkpoint', 'codes', 'resume', 'reconstructions', 'figure');

-- They went with the table.
CREATE TRIGGER "Artifact_added" AFTER INSERT ON "Artifact" BEGIN
  INSERT INTO "StoredBytes" ("runNumber", "type", "files", "bytes") VALUES (NEW."runNumber", NEW."type", 1, NEW."bytes")
  ON CONFLICT ("runNumber", "type") DO UPDATE SET "files" = "files" + 1, "bytes" = "bytes" + excluded."bytes";
END;
CREATE TRIGGER "Artifact_removed" AFTER DELETE ON "Artifact" BEGIN
  UPDATE "StoredBytes" SET "files" = "files" - 1, "bytes" = "bytes" - OLD."bytes"
  WHERE "runNumber" = OLD."runNumber" AND "type" = OLD."type";
END;

-- Of events of runs, which are nearly all, an index of experiments has nothing to say.
DROP INDEX "LabEvent_experimentNumber_idx";
CREATE INDEX "LabEvent_experimentNumber_idx" ON "LabEvent"("experimentNumber") WHERE "experimentNumber" IS NOT NULL;

-- Latest numbers as bytes: new ones are packed; those of earlier versions are the JSON that they were.
ALTER TABLE "Run" ADD COLUMN "packedLatest" BLOB;
UPDATE "Run" SET "packedLatest" = CAST("latest" AS BLOB);
ALTER TABLE "Run" DROP COLUMN "latest";
ALTER TABLE "Run" RENAME COLUMN "packedLatest" TO "latest";
