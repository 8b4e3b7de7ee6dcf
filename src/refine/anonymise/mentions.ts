/**
 * Biometric identifiers and pictures of faces (HIPAA classes 16 and 17). A text cannot hold one; what is replaced is
 * the reference to one: a record on file, an attachment, a picture's file name. Fingerprints as a finding and
 * photographs of a lesion stay.
 */
import { matches, type Rule } from "./rule.ts";

const trait =
  "(?:fingerprints?|thumb ?prints?|finger ?prints?|palm ?prints?|voice ?prints?|retina(?:l)? (?:scans?|images?|patterns?)|iris (?:scans?|patterns?|codes?)|face ?prints?|facial recognition|hand geometry|vein patterns?|gait signature|biometrics?)";

export const mentionRules: readonly Rule[] = [
  {
    class: "biometric",
    name: "biometricNumber",
    language: "en",
    find: matches(
      new RegExp(
        `\\b${trait}(?: (?:ID|number|no\\.?|code|hash|record))?[\\s:#(]{1,3}[A-Z]{1,5}-?\\d{3,}(?:-\\w+)*`,
        "gi",
      ),
    ),
  },
  {
    class: "biometric",
    name: "biometricRecord",
    language: "en",
    find: matches(
      new RegExp(
        `\\b${trait}(?= (?:templates?|records?|data|files?|images?|hash|ID|on file|is (?:on file|stored|attached)|are (?:on file|stored|attached)|login|authentication|verification|match|matches|matched|enrol))(?: templates?| records?| data| files?| on file)?`,
        "gi",
      ),
    ),
  },
  {
    class: "biometric",
    name: "confirmedByBiometric",
    language: "en",
    find: matches(
      new RegExp(
        `\\b(?:identity|identified|confirmed|verified|unlocked|logged in|signed in|authenticated|opened)\\b[^.;]{0,40}\\b(?:by|with|using|via|from|through) (?:(?:his|her|their|a|an|the) )?(${trait})\\b`,
        "gi",
      ),
    ),
  },
  {
    class: "picture",
    name: "faceReference",
    language: "en",
    find: matches(
      /\b(?:full[- ]?face|full[- ]facial|frontal face) (?:photo(?:graph)?s?|pictures?|images?|portraits?|views?)|\bhead ?shots?\b(?= (?:of|on|in|is|was|attached|photo))|\bmug ?shots?\b|\bselfies?\b(?= (?:of|is|attached|sent|shows))|\b(?:ID|identity|identification|passport|badge) (?:photo(?:graph)?s?|pictures?)\b/gi,
    ),
  },
  {
    class: "picture",
    name: "attachedFace",
    language: "en",
    find: matches(
      /\b(?:attached|enclosed|uploaded|included|on file|linked)\b[^.;\n]{0,20}?((?:photo(?:graph)?s?|pictures?|images?|portraits?) of (?:the |his |her |their |my )?(?:patient(?:'s)? |child(?:'s)? |own )?(?:face|head|patient)\b)/gi,
    ),
  },
  {
    class: "picture",
    name: "pictureFile",
    language: "any",
    needs: /\.(?:jpe?g|png|heic|tiff?|bmp|gif|webp)\b/i,
    find: matches(
      /(?:\b(?:patient|face|facial|portrait) (?:photo|picture|image):? )?(?<![\w/.-])[A-Za-z\d_-]{2,60}\.(?:jpe?g|png|heic|tiff?|bmp|gif|webp)\b/gi,
    ),
  },
];
