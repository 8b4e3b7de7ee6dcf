/**
 * Namespaces, sister projects and languages by the names that stand in front of a colon in a link. A language is a
 * row: its names for files, categories and the pages that are no articles.
 */

interface NamespaceRow {
  readonly language: string;
  readonly files: string;
  readonly categories: string;
  readonly others: string;
}

/** Names in lower case, apart by spaces; `_` is a space in a name. */
const namespaceRows: readonly NamespaceRow[] = [
  {
    language: "en",
    files: "file image",
    categories: "category",
    others:
      "template help wikipedia wp portal special user talk draft module media mediawiki book timedtext topic",
  },
  {
    language: "de",
    files: "datei bild",
    categories: "kategorie",
    others: "vorlage hilfe benutzer benutzerin spezial diskussion modul medium",
  },
  {
    language: "es",
    files: "archivo imagen",
    categories: "categoría",
    others: "plantilla ayuda usuario usuaria especial discusión módulo medio wikiproyecto",
  },
  {
    language: "fr",
    files: "fichier",
    categories: "catégorie",
    others: "modèle aide utilisateur utilisatrice spécial discussion projet portail wikipédia média",
  },
  {
    language: "it",
    files: "immagine",
    categories: "categoria",
    others: "aiuto utente speciale discussione portale progetto modulo",
  },
  {
    language: "pt",
    files: "ficheiro arquivo imagem",
    categories: "categoria",
    others: "predefinição ajuda usuário usuária especial discussão wikipédia",
  },
  {
    language: "pl",
    files: "plik grafika",
    categories: "kategoria",
    others: "szablon pomoc wikipedysta wikipedystka specjalna dyskusja moduł",
  },
  {
    language: "nl",
    files: "bestand afbeelding",
    categories: "categorie",
    others: "sjabloon gebruiker speciaal overleg portaal",
  },
  {
    language: "ru",
    files: "файл изображение",
    categories: "категория",
    others: "шаблон справка участник участница служебная обсуждение портал википедия модуль",
  },
  {
    language: "uk",
    files: "файл зображення",
    categories: "категорія",
    others: "шаблон довідка користувач спеціальна обговорення портал вікіпедія",
  },
  { language: "sv", files: "fil bild", categories: "kategori", others: "mall hjälp användare diskussion" },
  { language: "da", files: "fil billede", categories: "kategori", others: "skabelon hjælp bruger speciel" },
  { language: "no", files: "fil bilde", categories: "kategori", others: "mal hjelp bruker spesial" },
  {
    language: "fi",
    files: "tiedosto kuva",
    categories: "luokka",
    others: "malline ohje käyttäjä toiminnot keskustelu",
  },
  {
    language: "cs",
    files: "soubor obrázek",
    categories: "kategorie",
    others: "šablona nápověda wikipedista speciální",
  },
  {
    language: "hu",
    files: "fájl kép",
    categories: "kategória",
    others: "sablon segítség szerkesztő speciális",
  },
  { language: "ro", files: "fișier imagine", categories: "categorie", others: "format ajutor utilizator" },
  {
    language: "tr",
    files: "dosya resim",
    categories: "kategori",
    others: "şablon yardım kullanıcı özel tartışma vikipedi",
  },
  { language: "el", files: "αρχείο εικόνα", categories: "κατηγορία", others: "πρότυπο βοήθεια χρήστης πύλη" },
  { language: "he", files: "קובץ תמונה", categories: "קטגוריה", others: "תבנית עזרה משתמש פורטל" },
  { language: "ar", files: "ملف صورة", categories: "تصنيف", others: "قالب مساعدة مستخدم بوابة ويكيبيديا" },
  { language: "fa", files: "پرونده تصویر", categories: "رده", others: "الگو راهنما کاربر درگاه ویکی‌پدیا" },
  { language: "hi", files: "चित्र", categories: "श्रेणी", others: "साँचा सहायता सदस्य" },
  {
    language: "ja",
    files: "ファイル 画像",
    categories: "カテゴリ",
    others: "テンプレート ヘルプ 利用者 特別 ノート",
  },
  { language: "ko", files: "파일 그림", categories: "분류", others: "틀 도움말 사용자 특수 토론 위키백과" },
  {
    language: "zh",
    files: "文件 档案 檔案 图像 圖像 图片 圖片",
    categories: "分类 分類",
    others: "模板 样板 帮助 幫助 用户 用戶 特殊 讨论 討論 维基百科 維基百科 主题 主題",
  },
  { language: "vi", files: "tập_tin hình", categories: "thể_loại", others: "bản_mẫu trợ_giúp thành_viên" },
  { language: "id", files: "berkas gambar", categories: "kategori", others: "templat bantuan pengguna" },
  {
    language: "hy",
    files: "պատկեր",
    categories: "կատեգորիա",
    others: "կաղապար օգնություն մասնակից պորտալ վիքիպեդիա",
  },
  { language: "ca", files: "fitxer imatge", categories: "categoria", others: "plantilla ajuda usuari" },
  { language: "eu", files: "fitxategi irudi", categories: "kategoria", others: "txantiloi" },
  { language: "sr", files: "датотека слика", categories: "категорија", others: "шаблон" },
  { language: "bg", files: "картинка", categories: "категория", others: "шаблон" },
];

/** Projects beside the encyclopedia, and the letters that stand for them. */
const projects =
  "wikt wiktionary s wikisource c commons d wikidata q wikiquote b wikibooks n wikinews v wikiversity voy " +
  "wikivoyage species wikispecies m meta mw w foundation wmf phab phabricator bugzilla toollabs toolforge doi " +
  "arxiv rfc pmid hdl iarchive google incubator outreach";

/** Languages with an encyclopedia; a link with such a prefix leads to the same page in that language. */
const languages =
  "aa ab ace ady af ak als alt am ami an ang ar arc ary arz as ast atj av avk awa ay az azb ba ban bar " +
  "bat-smg bcl be be-tarask be-x-old bg bh bi bjn blk bm bn bo bpy br bs bug bxr ca cbk-zam cdo ce ceb ch " +
  "chr chy ckb co cr crh cs csb cu cv cy da dag de diq dsb dty dv dz ee el eml en eo es et eu ext fa ff fi " +
  "fiu-vro fj fo fr frp frr fur fy ga gag gan gcr gd gl glk gn gom gor got gu guw gv ha hak haw he hi hif " +
  "hr hsb ht hu hy hyw ia id ie ig ik ilo inh io is it iu ja jam jbo jv ka kaa kab kbd kbp kcg kg ki kk kl " +
  "km kn ko koi krc ks ksh ku kv kw ky la lad lb lbe lez lfn lg li lij lld lmo ln lo lt ltg lv mad mai " +
  "map-bms mdf mg mhr mi min mk ml mn mni mnw mr mrj ms mt mwl my myv mzn na nah nap nds nds-nl ne new nia " +
  "nl nn no nov nqo nrm nso nv ny oc olo om or os pa pag pam pap pcd pcm pdc pfl pi pih pl pms pnb pnt ps " +
  "pt pwn qu rm rmy rn ro roa-rup roa-tara ru rue rw sa sah sat sc scn sco sd se sg sh shi shn si simple sk " +
  "skr sl sm smn sn so sq sr srn ss st stq su sv sw szl szy ta tay tcy te tet tg th ti tk tl tn to tpi tr " +
  "trv ts tt tum tw ty tyv udm ug uk ur uz ve vec vep vi vls vo wa war wo wuu xal xh xmf yi yo za zea zh " +
  "zh-classical zh-min-nan zh-yue zu";

function names(words: readonly string[]): ReadonlySet<string> {
  return new Set(
    words
      .join(" ")
      .split(" ")
      .map((word) => word.replaceAll("_", " ")),
  );
}

/** Namespaces that show a picture or a file. */
export const fileNames = names(namespaceRows.map((row) => row.files));

/** Namespaces that file a page. */
export const categoryNames = names(namespaceRows.map((row) => row.categories));

/** Names in front of a colon whose links are words of the sentence but lead to no article. */
export const otherNames = names([...namespaceRows.map((row) => row.others), projects]);

/** Codes of languages. */
export const languageCodes = names([languages]);
