/**
 * What is asked of a disease in the clinical style, by its name or at the end of a vignette; see `asks.ts` for the rest
 * and for what the placeholders stand for.
 */
import type { Ask } from "../types.ts";

/** Sentences by what is asked. */
export type Asks = Readonly<Partial<Record<Ask, readonly string[]>>>;

/** Asked of a disease, by name or not. */
export const ofDisease: Asks = {
  test: [
    "Which of the following investigations is used in diagnosing {d}?",
    "Which investigation helps to establish a diagnosis of {d}?",
    "Which of the following is part of the diagnostic work-up of {d}?",
    "Which of the following can support a diagnosis of {d}?",
    "What investigation can be used to diagnose {d}?",
    "If {d} is suspected, which of the following should be arranged?",
    "Where {d} is suspected, which of the following should be arranged?",
    "In the diagnosis of {d}, which of the following is used?",
  ],
  finding: [
    "Which of the following findings is characteristic of {d}?",
    "Which finding would be expected in {d}?",
    "Which of the following findings points towards {d}?",
    "Which of the following may be found in {d}?",
    "Which finding is associated with {d}?",
    "Which of the following findings would support a diagnosis of {d}?",
    "Evaluation for {d} may reveal which of the following?",
  ],
  symptom: [
    "Which of the following is a recognised feature of {d}?",
    "Which of the following can be a presenting feature of {d}?",
    "Which of the following clinical features is associated with {d}?",
    "Which of these manifestations can occur in {d}?",
    "Which of the following belongs to the clinical picture of {d}?",
    "A patient with {d} may present with which of the following?",
    "What is a known symptom or sign of {d}?",
    "Which clinical feature would fit a diagnosis of {d}?",
  ],
  mechanism: [
    "Which of the following mechanisms underlies {d}?",
    "Which pathophysiological process contributes to {d}?",
    "What is the mechanism of {d}?",
    "Which of the following plays a part in the pathogenesis of {d}?",
    "Which mechanism has a part in {d}?",
    "Which of the following processes helps to explain {d}?",
    "The pathogenesis of {d} involves which of the following?",
  ],
  drug: [
    "Which of the following drugs is used to treat {d}?",
    "Which medication is a recognised treatment for {d}?",
    "Which drug can be prescribed for {d}?",
    "Which of the following is an appropriate drug treatment for {d}?",
    "Which of the following agents is used in the management of {d}?",
    "The treatment of {d} may include which of the following drugs?",
    "Which of the following medications is given for {d}?",
    "In the treatment of {d}, which of the following drugs has a place?",
  ],
  cause: [
    "Which of the following is a recognised cause of {d}?",
    "Which of the following is known to cause {d}?",
    "Which pathogen or gene is responsible for {d}?",
    "Which of the following is implicated in causing {d}?",
    "Which of the following lies behind {d}?",
    "The cause of {d} can be which of the following?",
    "From an aetiological point of view, which of the following is linked to {d}?",
  ],
  complication: [
    "Which of the following is a recognised complication of {d}?",
    "Which complication may arise from {d}?",
    "Which of the following can {d} lead to?",
    "Which of the following may complicate {d}?",
    "Which complication should be watched for in {d}?",
    "Which of the following is a possible consequence of {d}?",
    "In the course of {d}, which of the following complications can develop?",
  ],
  riskFactor: [
    "Which of the following is a recognised risk factor for {d}?",
    "Which of the following increases the risk of {d}?",
    "Which of the following predisposes to {d}?",
    "Which of the following makes {d} more likely?",
    "The risk of {d} is raised by which of the following?",
    "Which of the following is associated with a higher risk of {d}?",
    "Which factor is known to favour the development of {d}?",
  ],
  prevention: [
    "Which of the following helps to prevent {d}?",
    "Which of the following lowers the risk of {d}?",
    "Which of the following is used in the prevention of {d}?",
    "Which preventive measure is directed against {d}?",
    "By which of the following can {d} be prevented?",
    "Which of the following can protect against {d}?",
    "The prevention of {d} includes which of the following?",
  ],
  sideEffect: [
    "Which of the following is a recognised adverse effect of a drug used to treat {d}?",
    "A drug that treats {d} can cause which of the following adverse effects?",
    "Which adverse effect is associated with a medication for {d}?",
    "Which of the following may be caused by a drug that is given for {d}?",
    "During drug treatment of {d}, which of the following is a recognised adverse effect?",
    "Drug treatment of {d} is started; which of the following adverse effects may occur?",
    "Which adverse effect should be discussed before drug treatment of {d}?",
  ],
  drugClass: [
    "A drug used to treat {d} belongs to which of the following classes?",
    "Which of the following drug classes is used in the treatment of {d}?",
    "Which class of drugs includes an agent used for {d}?",
    "To which class does a medication for {d} belong?",
    "Which of the following classes contains a drug that treats {d}?",
    "From which of the following drug classes can a treatment for {d} be chosen?",
  ],
  target: [
    "Which of the following is the molecular target of a drug used to treat {d}?",
    "A drug used for {d} acts on which of the following targets?",
    "On which molecular target does a medication for {d} act?",
    "Which of the following is acted on by a drug that treats {d}?",
    "Drug treatment of {d} can be directed at which of the following targets?",
    "Which target is affected by a drug given for {d}?",
  ],
  classEffect: [
    "Which of the following is a recognised adverse effect of a class of drugs used to treat {d}?",
    "A drug for {d} belongs to a class that can cause which of the following?",
    "Which adverse effect is known for a drug class used in {d}?",
    "The class of a drug that treats {d} is associated with which adverse effect?",
    "Which of the following is a class effect of a medication given for {d}?",
    "As an effect of its class, a drug used for {d} may cause which of the following?",
  ],
  avoid: [
    "Which of the following drugs for {d} is contraindicated in {h}?",
    "Which treatment of {d} should be avoided in {h}?",
    "In {h}, which of the following drugs for {d} must not be given?",
    "Which drug used for {d} is ruled out by {h}?",
    "Which of the following treats {d} but is contraindicated in {h}?",
    "Because of {h}, which of the usual drugs for {d} should not be prescribed?",
  ],
};

/** Asked at the end of a vignette only: the disease is the patient's. */
export const ofPatient: Asks = {
  test: [
    "What is the most appropriate next step in diagnosis?",
    "Which of the following is the best next step to establish the diagnosis?",
    "Which of the following should be arranged next?",
    "Which of the following would help most in reaching a diagnosis?",
    "Which of the following is most likely to support the suspected diagnosis?",
  ],
  finding: [
    "Which of the following is most likely to be found on further evaluation?",
    "Which additional finding would be expected?",
    "Further evaluation is most likely to show which of the following?",
  ],
  mechanism: [
    "Which mechanism best explains this presentation?",
    "Which of the following processes underlies this presentation?",
    "Which pathophysiological process best accounts for this picture?",
  ],
  drug: [
    "What is the most appropriate drug treatment?",
    "Which of the following medications is most appropriate?",
    "Which of the following drugs should be considered for treatment?",
    "Which of the following is the best drug treatment among those listed?",
  ],
  cause: [
    "Which of the following is the most likely cause of this presentation?",
    "What best explains this picture aetiologically?",
  ],
  complication: [
    "As the condition progresses, which complication may develop?",
    "Which of the following should be anticipated as a complication?",
  ],
  avoid: [
    "Which drug for {d} is contraindicated in this patient?",
    "Which of the following treatments of {d} should be avoided in this patient?",
    "In this situation, which of the following drugs for {d} must not be given?",
    "Which of the drugs used for {d} is ruled out here?",
    "Which of the following treats {d} but is contraindicated here?",
    "Which of the usual drugs for {d} should not be prescribed to this patient?",
  ],
  disease: [
    "What is the most likely diagnosis?",
    "Which of the following is the most likely diagnosis?",
    "Which of the following conditions best explains these findings?",
    "Which disease best accounts for this presentation?",
    "Which diagnosis fits best?",
    "Which of the following does this patient most likely have?",
    "Which condition is most consistent with this picture?",
    "Which of the following should be suspected?",
    "This presentation is most suggestive of which of the following?",
  ],
};
