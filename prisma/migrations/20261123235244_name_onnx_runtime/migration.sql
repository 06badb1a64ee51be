-- AlterTable
ALTER TABLE "Run" ADD COLUMN "runtime" TEXT;
