/** What is collected of an exam: this folder in each student's home. */
export const examFolder = 'Exam';
