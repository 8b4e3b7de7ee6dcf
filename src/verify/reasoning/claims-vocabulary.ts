/**
 * Words that stand for one another in the wordings of claims, as alternatives of a row: "x|y", "_" for a space.
 */

/** What a remedy is called. */
export const remedyNoun =
  "treatment|treatments|step|therapy|remedy|cure|drug|drugs|medication|agent|medicine|option|choice|drug_of_choice|treatment_of_choice|therapy_of_choice|agent_of_choice|answer|management|pharmacotherapy|antidote|mainstay|cornerstone|mainstay_of_treatment|cornerstone_of_treatment|mainstay_of_therapy|intervention";
/** What is said of a remedy that is to be used. */
export const good =
  "effective|indicated|used|given|prescribed|recommended|useful|helpful|active|beneficial|approved|licensed|licenced|chosen|appropriate|preferred|employed|administered|advised|offered|suitable|needed|required|warranted|valuable|efficacious|ineffective|useless";
/** What is said of a remedy that is not to be used. */
export const bad =
  "contraindicated|unsafe|dangerous|harmful|avoided|forbidden|prohibited|withheld|inadvisable|unsuitable|hazardous|risky|precluded|stopped|off_limits|disallowed|ill-advised|poorly_tolerated";
/** What an unwanted effect is called. */
export const sideEffect =
  "side_effect|side_effects|adverse_effect|adverse_effects|adverse_reaction|adverse_event|unwanted_effect|toxicity|toxic_effect|adverse_drug_reaction|untoward_effect|undesirable_effect|side-effect|side-effects|price";
/** What a sign of a disease is called. */
export const feature =
  "symptom|symptoms|sign|signs|feature|features|finding|findings|manifestation|manifestations|marker|indicator|stigma|hallmark|mark|complaint|characteristic|clue|presentation|presenting_complaint|presenting_symptom";
/** What is said of a sign that a disease has. */
export const seen =
  "typical|characteristic|common|frequent|usual|seen|found|present|expected|suggestive|indicative|pathognomonic|diagnostic|consistent|compatible|noted|observed|reported|encountered|suspicious|described|part_of_picture|part|part_of_presentation|in_keeping|classic";
/** Verbs between a disease and its signs. */
export const has =
  "has|have|shows|show|features|displays|display|exhibits|exhibit|includes|include|comes_with|come_with|brings|bring|goes_along_with|go_along_with|goes_with|go_with|demonstrates|reveals|reveal|develops|develop|experience|experiences|report|reports|gives|is_with|suffer_from|complain_of|carries|bears";
/** Verbs between a sign and the disease that it speaks for. */
export const suggest =
  "suggests|suggest|indicates|indicate|points_to|point_to|points_towards|point_towards|points_toward|point_toward|favors|favours|favor|favour|supports|support|fits|fit|signals|signal|fits_with|fit_with|argues_for|argue_for|speaks_for|suggesting|pointing_to|raises_suspicion_of|is_clue_to";
/** Verbs between a sign and the disease that it speaks against. */
export const against =
  "argues_against|argue_against|speaks_against|speak_against|rules_out|rule_out|excludes|exclude|refutes|refute|points_away_from|point_away_from|counts_against|count_against|weighs_against|tells_against|militates_against|goes_against|excluding|disproves";
/** Verbs between a cause and its effect. */
export const causing =
  "causes|cause|causing|produces|produce|induces|induce|provokes|provoke|triggers|trigger|leads_to|lead_to|leading_to|results_in|result_in|gives_rise_to|give_rise_to|brings_about|bring_about|brings_on|bring_on|precipitates|precipitate|underlies|underlie|drives|drive|creates|generates|elicits";
/** Participles between an effect and its cause. */
export const caused =
  "caused|induced|provoked|triggered|produced|brought_on|brought_about|precipitated|explained|mediated|driven";
/** What a test is called. */
export const test =
  "test|tests|investigation|examination|study|tool|method|way|gold_standard|modality|diagnostic_test|confirmatory_test|diagnostic_tool|workup|work-up|assay|procedure|test_of_choice|investigation_of_choice|gold_standard_test|diagnostic_study|reference_test|screening_test";
/** Participles between a disease and its test. */
export const diagnosed =
  "diagnosed|confirmed|established|detected|proven|proved|verified|identified|demonstrated|investigated|ruled_in|recognised|recognized|clinched|diagnosable|picked_up";
/** Verbs between a test and the disease that it shows. */
export const confirm =
  "confirms|confirm|diagnoses|diagnose|detects|detect|establishes|establish|proves|prove|verifies|verify|identifies|identify|clinches|clinch|demonstrates";
/** Verbs between a role and what fills it. */
export const consists =
  "is|includes|include|involves|involve|consists_of|relies_on|rests_on|comprises|depends_on|centres_on|centers_on";
/** Verbs between a drug and its target. */
export const target =
  "inhibits|inhibit|blocks|block|targets|target|binds|bind|binds_to|antagonises|antagonizes|activates|activate|stimulates|acts_on|act_on|acts_at|blocking|inhibiting|suppresses|agonises";
