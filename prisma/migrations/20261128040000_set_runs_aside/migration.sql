-- Runs and what belongs to them get other tables. What is stored is set aside here, moved by the step "moveRuns" of the server, which can
-- pack curves, and dropped by the next migration.
DROP INDEX "Run_id_key";
DROP INDEX "Run_status_number_idx";
DROP INDEX "Run_dataset_number_idx";
DROP INDEX "Run_name_number_idx";
DROP INDEX "Run_validationLoss_number_idx";
DROP INDEX "Run_pcaBaselineId_idx";
DROP INDEX "Run_experimentId_place_idx";
DROP INDEX "RunEvent_runId_epoch_idx";
ALTER TABLE "Run" RENAME TO "EarlierRun";
ALTER TABLE "EpochMetrics" RENAME TO "EarlierEpochMetrics";
ALTER TABLE "Checkpoint" RENAME TO "EarlierCheckpoint";
ALTER TABLE "CodeSnapshot" RENAME TO "EarlierCodeSnapshot";
ALTER TABLE "RunEvent" RENAME TO "EarlierRunEvent";
ALTER TABLE "Analysis" RENAME TO "EarlierAnalysis";
ALTER TABLE "Experiment" ADD COLUMN "firstSeq" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Experiment" ADD COLUMN "lastSeq" INTEGER NOT NULL DEFAULT 0;

-- Rows of two narrow tables lie in their primary key (WITHOUT ROWID): there are hundreds for each run.
-- CreateTable
CREATE TABLE "Run" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'QUEUED',
    "kind" TEXT NOT NULL DEFAULT 'autoencoder',
    "configVersion" INTEGER NOT NULL DEFAULT 1,
    "config" JSONB NOT NULL,
    "dataset" TEXT,
    "trainCount" INTEGER,
    "testCount" INTEGER,
    "epochs" INTEGER,
    "stopRequested" BOOLEAN NOT NULL DEFAULT false,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "host" TEXT,
    "engine" TEXT,
    "runtime" TEXT,
    "parameterCount" INTEGER,
    "sampleLabels" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "firstSeq" INTEGER NOT NULL DEFAULT 0,
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "epochsCompleted" INTEGER NOT NULL DEFAULT 0,
    "latest" JSONB NOT NULL,
    "analyzedAt" DATETIME,
    "pcaBaselineId" INTEGER,
    "experimentId" TEXT,
    "place" INTEGER,
    "label" TEXT,
    CONSTRAINT "Run_pcaBaselineId_fkey" FOREIGN KEY ("pcaBaselineId") REFERENCES "PcaBaseline" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Run_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LabEvent" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "payload" JSONB NOT NULL,
    "deletedId" TEXT,
    "runNumber" INTEGER,
    "experimentNumber" INTEGER,
    CONSTRAINT "LabEvent_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "LabEvent_experimentNumber_fkey" FOREIGN KEY ("experimentNumber") REFERENCES "Experiment" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ValueKey" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "RunValue" (
    "runNumber" INTEGER NOT NULL,
    "keyId" INTEGER NOT NULL,
    "number" REAL,
    "text" TEXT,

    PRIMARY KEY ("runNumber", "keyId"),
    CONSTRAINT "RunValue_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "RunValue_keyId_fkey" FOREIGN KEY ("keyId") REFERENCES "ValueKey" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "SeriesChunk" (
    "runNumber" INTEGER NOT NULL,
    "axis" TEXT NOT NULL,
    "first" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,
    "data" BLOB NOT NULL,

    PRIMARY KEY ("runNumber", "axis", "first"),
    CONSTRAINT "SeriesChunk_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Artifact" (
    "runNumber" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" BLOB,
    "facts" JSONB,

    PRIMARY KEY ("runNumber", "name"),
    CONSTRAINT "Artifact_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE
) WITHOUT ROWID;

-- CreateTable
CREATE TABLE "Analysis" (
    "runNumber" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "measured" JSONB NOT NULL,
    "figures" JSONB NOT NULL,
    CONSTRAINT "Analysis_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Run_id_key" ON "Run"("id");

-- CreateIndex
CREATE INDEX "Run_status_number_idx" ON "Run"("status", "number");

-- CreateIndex
CREATE INDEX "Run_dataset_number_idx" ON "Run"("dataset", "number");

-- CreateIndex
CREATE INDEX "Run_name_number_idx" ON "Run"("name", "number");

-- CreateIndex
CREATE INDEX "Run_lastSeq_idx" ON "Run"("lastSeq");

-- CreateIndex
CREATE INDEX "Run_pcaBaselineId_idx" ON "Run"("pcaBaselineId");

-- CreateIndex
CREATE INDEX "Run_experimentId_place_idx" ON "Run"("experimentId", "place");

-- CreateIndex
CREATE INDEX "LabEvent_runNumber_seq_idx" ON "LabEvent"("runNumber", "seq");

-- CreateIndex
CREATE INDEX "LabEvent_experimentNumber_idx" ON "LabEvent"("experimentNumber");

-- CreateIndex
CREATE UNIQUE INDEX "ValueKey_name_key" ON "ValueKey"("name");

-- CreateIndex
CREATE INDEX "RunValue_keyId_number_text_idx" ON "RunValue"("keyId", "number", "text");

-- CreateIndex
CREATE INDEX "Experiment_lastSeq_idx" ON "Experiment"("lastSeq");
