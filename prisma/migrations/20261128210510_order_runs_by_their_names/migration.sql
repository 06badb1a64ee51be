-- Names are folded by then: they order runs by the key that was made of them.
DROP INDEX "Run_name_number_idx";
CREATE INDEX "Run_nameKey_number_idx" ON "Run"("nameKey", "number");
CREATE INDEX "Run_deletedAt_archivedAt_number_idx" ON "Run"("deletedAt", "archivedAt", "number");
