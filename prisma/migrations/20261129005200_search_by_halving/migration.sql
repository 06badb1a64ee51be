-- An experiment may be a search that gives epochs to the runs that do best; runs that may be given more are not measured before.
ALTER TABLE "Experiment" ADD COLUMN "search" JSONB;
ALTER TABLE "Experiment" ADD COLUMN "searchStatus" TEXT;
ALTER TABLE "Run" ADD COLUMN "skipsAnalysis" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "Experiment_searchStatus_idx" ON "Experiment"("searchStatus");
