/** What every reader of an answer or a number must be told. It stands in the report and before every answer. */

/** The notice in one paragraph. */
export const safetyNotice =
  "For research only. This is not a medical device and gives no medical advice: no output may be used to diagnose, " +
  "treat or decide about a person without review by a qualified professional. The reasoning text can be wrong " +
  "although it reads well, and it is not a record of how the model came to its answer.";

/** What the accuracy of multiple-choice questions does not say. */
export const notMeasured = [
  "open dialogue and questions without options",
  "drug dosing",
  "emergencies",
  "children and pregnancy",
  "languages other than that of the questions",
  "harm from wrong or missing answers",
] as const;
