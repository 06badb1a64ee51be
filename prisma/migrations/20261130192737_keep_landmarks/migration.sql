-- CreateTable
CREATE TABLE "Landmark" (
    "runNumber" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("runNumber", "kind", "name"),
    CONSTRAINT "Landmark_runNumber_fkey" FOREIGN KEY ("runNumber") REFERENCES "Run" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);
