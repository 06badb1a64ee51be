-- Experiments tell the runs that they were launched with from those that were added to them.
ALTER TABLE "Experiment" ADD COLUMN "addedFrom" INTEGER;
