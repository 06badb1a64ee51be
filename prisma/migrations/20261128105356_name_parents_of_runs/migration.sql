-- AlterTable
ALTER TABLE "Run" ADD COLUMN "parentEpoch" INTEGER;
ALTER TABLE "Run" ADD COLUMN "parentId" TEXT;
ALTER TABLE "Run" ADD COLUMN "parentName" TEXT;
ALTER TABLE "Run" ADD COLUMN "parentNumber" INTEGER;

-- CreateIndex
CREATE INDEX "Run_parentId_idx" ON "Run"("parentId");
