-- Version 11: question notes.

-- CreateTable
CREATE TABLE "question_notes" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" BIGINT NOT NULL,
    "question_id" INTEGER NOT NULL,
    "note" TEXT NOT NULL CHECK (length(note) <= 500),
    "created_at" DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
    CONSTRAINT "question_notes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("user_id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "question_notes_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "questions" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE INDEX "idx_question_notes_question" ON "question_notes"("question_id");

-- CreateIndex
CREATE UNIQUE INDEX "question_notes_user_id_question_id_key" ON "question_notes"("user_id", "question_id");

INSERT INTO schema_version (version) VALUES (11);
