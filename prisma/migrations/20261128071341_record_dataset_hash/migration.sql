-- AlterTable
ALTER TABLE "Run" ADD COLUMN "datasetHash" TEXT;
