-- CreateTable
CREATE TABLE "Run" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'QUEUED',
    "config" JSONB NOT NULL,
    "dataset" TEXT NOT NULL,
    "trainCount" INTEGER NOT NULL,
    "testCount" INTEGER NOT NULL,
    "epochs" INTEGER NOT NULL,
    "stopRequested" BOOLEAN NOT NULL DEFAULT false,
    "engine" TEXT,
    "parameterCount" INTEGER,
    "sampleLabels" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "epochsCompleted" INTEGER NOT NULL DEFAULT 0,
    "trainLoss" REAL,
    "validationLoss" REAL,
    "bestValidationLoss" REAL,
    "bestEpoch" INTEGER,
    "validationMeanSquaredError" REAL,
    "seconds" REAL,
    "imagesPerSecond" REAL,
    "pcaBaselineId" INTEGER,
    CONSTRAINT "Run_pcaBaselineId_fkey" FOREIGN KEY ("pcaBaselineId") REFERENCES "PcaBaseline" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EpochMetrics" (
    "runId" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "trainLoss" REAL,
    "validationLoss" REAL,
    "validationMeanSquaredError" REAL,
    "seconds" REAL NOT NULL,
    "imagesPerSecond" REAL NOT NULL,

    PRIMARY KEY ("runId", "epoch"),
    CONSTRAINT "EpochMetrics_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Checkpoint" (
    "runId" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,

    PRIMARY KEY ("runId", "epoch"),
    CONSTRAINT "Checkpoint_runId_epoch_fkey" FOREIGN KEY ("runId", "epoch") REFERENCES "EpochMetrics" ("runId", "epoch") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CodeSnapshot" (
    "runId" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "dimensions" BLOB NOT NULL,

    PRIMARY KEY ("runId", "epoch"),
    CONSTRAINT "CodeSnapshot_runId_epoch_fkey" FOREIGN KEY ("runId", "epoch") REFERENCES "EpochMetrics" ("runId", "epoch") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RunEvent" (
    "runId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status" TEXT,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "epoch" INTEGER,

    PRIMARY KEY ("runId", "seq"),
    CONSTRAINT "RunEvent_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "RunEvent_runId_epoch_fkey" FOREIGN KEY ("runId", "epoch") REFERENCES "EpochMetrics" ("runId", "epoch") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PcaBaseline" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "dataset" TEXT NOT NULL,
    "trainCount" INTEGER NOT NULL,
    "testCount" INTEGER NOT NULL,
    "meanSquaredErrors" BLOB NOT NULL,
    "computedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
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
CREATE INDEX "Run_validationLoss_number_idx" ON "Run"("validationLoss", "number");

-- CreateIndex
CREATE INDEX "Run_pcaBaselineId_idx" ON "Run"("pcaBaselineId");

-- CreateIndex
CREATE INDEX "RunEvent_runId_epoch_idx" ON "RunEvent"("runId", "epoch");

-- CreateIndex
CREATE UNIQUE INDEX "PcaBaseline_dataset_trainCount_testCount_key" ON "PcaBaseline"("dataset", "trainCount", "testCount");
