-- Columns are added one by one: a table made anew would forget the numbers of deleted runs.
ALTER TABLE "Run" ADD COLUMN "client" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Run" ADD COLUMN "claimedSeq" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Run" ADD COLUMN "wasInterrupted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Run" ADD COLUMN "interruptions" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Run" ADD COLUMN "analysisErrorCode" TEXT;
ALTER TABLE "Run" ADD COLUMN "analysisErrorMessage" TEXT;
CREATE INDEX "Run_status_client_number_idx" ON "Run"("status", "client", "number");
CREATE INDEX "Run_client_claimedSeq_idx" ON "Run"("client", "claimedSeq");
