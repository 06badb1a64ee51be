-- CreateTable
CREATE TABLE "Report" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" DATETIME,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "figureCount" INTEGER NOT NULL DEFAULT 0,
    "blocks" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "KeptFigure" (
    "reportNumber" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "image" BLOB,
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,
    "table" TEXT,
    "bytes" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("reportNumber", "hash"),
    CONSTRAINT "KeptFigure_reportNumber_fkey" FOREIGN KEY ("reportNumber") REFERENCES "Report" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Report_id_key" ON "Report"("id");
