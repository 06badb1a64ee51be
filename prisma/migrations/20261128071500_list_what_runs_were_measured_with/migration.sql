-- What a finished run's model was measured with becomes values of the run, as that of later ones is when it is recorded.
CREATE TEMPORARY TABLE "MeasuredModel" AS
  SELECT analysis."runNumber" AS "runNumber", 'test.' || metric.key AS "name", metric.value AS "number"
  FROM "Analysis" AS analysis, json_each(analysis."measured", '$.subjects') AS subject, json_each(subject.value, '$.metrics') AS metric
  WHERE subject.value ->> 'subject' = 'MODEL' AND metric.type IN ('real', 'integer');

INSERT OR IGNORE INTO "ValueKey" ("name") SELECT DISTINCT 'metric.' || "name" FROM "MeasuredModel";

INSERT OR REPLACE INTO "RunValue" ("runNumber", "keyId", "number")
  SELECT measured."runNumber", key."id", measured."number"
  FROM "MeasuredModel" AS measured JOIN "ValueKey" AS key ON key."name" = 'metric.' || measured."name";

UPDATE "Run" SET "latest" = json_patch(
  "latest",
  (SELECT json_group_object("name", "number") FROM "MeasuredModel" WHERE "runNumber" = "Run"."number")
) WHERE "number" IN (SELECT "runNumber" FROM "MeasuredModel");

DROP TABLE "MeasuredModel";
