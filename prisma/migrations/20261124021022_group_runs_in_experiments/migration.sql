-- CreateTable
CREATE TABLE "Experiment" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "presetId" TEXT,
    "quick" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateIndex
CREATE UNIQUE INDEX "Experiment_id_key" ON "Experiment"("id");

-- By hand: a table that is made anew forgets the highest number that it gave to a run since deleted, and could give it again.
ALTER TABLE "Run" ADD COLUMN "experimentId" TEXT REFERENCES "Experiment" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Run" ADD COLUMN "place" INTEGER;
ALTER TABLE "Run" ADD COLUMN "label" TEXT;

-- CreateIndex
CREATE INDEX "Run_experimentId_place_idx" ON "Run"("experimentId", "place");
