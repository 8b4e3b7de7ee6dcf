/**
 * Names of persons, common ones written down from general knowledge. No list is whole: a name outside these is
 * known by its context only. Departure from a statistical recogniser: a list can be read, and errs the same way twice.
 */

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Given names that are hardly ever another word at the start of a sentence or inside a medical term. */
export const givenNames = list(`
Aaron Abby Abdul Abdullah Abigail Abraham Adam Adriana Adrian Agnes Agnieszka Ahmad Ahmed Aidan Aisha Alan Albert
Alejandro Alex Alexander Alexandra Alexis Alfred Ali Alice Alicia Alison Allen Allison Alma Alyssa Amanda Amelia Amina
Amir Amit Amy Ana Andrea Andreas Andrew Angela Angelica Angelina Anita Ann Anna Anne Annette Annie Anthony Antonio
Arjun Arthur Ashley Audrey Barbara Barry Beatrice Becky Belinda Ben Benjamin Bernadette Bernard Bernice Bertha Beth
Bethany Betty Beverly Bianca Blake Bob Bobby Bonnie Brad Bradley Brandon Brenda Brendan Brent Brett Brian Brianna
Bridget Bruce Bryan Caitlin Caleb Calvin Cameron Camila Candice Carl Carla Carlos Carmen Caroline Carolyn Catherine
Cathy Cecilia Cesar Charlene Charles Charlie Cheryl Chris Christina Christine Christopher Chloe Cindy Claire Clara
Claudia Clara Clifford Clyde Cody Colin Colleen Connie Connor Constance Corey Craig Cristina Curtis Cynthia Daniel
Danielle Danny Darlene Darrell Darren Daryl Dave David Deborah Debra Dennis Derek Derrick Diana Diane Diego Dmitri
Dolores Dominic Donald Donna Dora Doris Dorothy Doug Douglas Duane Dustin Dylan Earl Eddie Edgar Edith Edna Eduardo
Edward Edwin Eileen Elaine Eleanor Elena Eli Elias Elijah Elisabeth Elizabeth Ella Ellen Elmer Elsie Emily Emma Enrique
Eric Erica Erik Erika Erin Esther Ethan Ethel Eugene Eva Evan Evelyn Fatima Felicia Felix Fernando Fiona Francesca
Frances Francis Francisco Franklin Fred Frederick Gabriel Gabriela Gail Gareth Garrett Gary Geoffrey George Gerald
Geraldine Gerard Giovanni Giulia Gladys Glenda Gloria Gordon Greg Gregory Greta Guadalupe Gustavo Hannah Hans Harold
Harriet Harry Hassan Hazel Heather Hector Heidi Helen Helena Henry Herbert Herman Hiroshi Howard Hugh Hugo Ian Ibrahim
Ida Igor Inez Ingrid Irene Irma Isaac Isabel Isabella Isabelle Ivan Jacob Jacqueline Jaime Jake Jamal James Jamie Jan
Jane Janet Janice Jared Jasmin Jason Javier Jay Jean Jeanette Jeanne Jeff Jeffrey Jenna Jennifer Jenny Jeremy Jerome
Jerry Jesse Jessica Jessie Jill Jim Jimmy Joan Joann Joanna Joanne Jocelyn Jodi Joe Joel John Johnny Jon Jonathan
Jorge Jose Joseph Josephine Joshua Joyce Juan Juanita Judith Judy Julia Julian Juliana Julie Julio Justin Kaitlyn Karen
Karl Kate Katherine Kathleen Kathryn Kathy Katie Kayla Keith Kelly Kenneth Kenny Kevin Khalid Kim Kimberly Kirk Kristen
Kristin Kristina Kurt Kyle Larry Latoya Laura Lauren Laurie Lawrence Leah Lena Leo Leon Leonard Leroy Leslie Lester Levi
Lewis Liam Linda Lindsay Lindsey Lisa Lloyd Logan Lois Loretta Lori Lorraine Louis Louise Lucas Lucia Lucille Lucy Luis
Luke Lydia Lynn Mabel Maggie Malcolm Manuel Marc Marcia Marcus Margaret Margarita Maria Marian Marie Marilyn Mario
Marion Marissa Marjorie Marlene Marsha Martha Martin Marvin Mary Matt Matthew Maureen Maurice Max Maxine Megan Mehmet
Melanie Melinda Melissa Melvin Mercedes Meredith Michael Michaela Michelle Miguel Mike Mildred Mindy Miranda Miriam
Mitchell Mohamed Mohammad Mohammed Molly Monica Morgan Muhammad Mustafa Nadia Nancy Naomi Natalia Natalie Natasha
Nathan Nathaniel Neil Nelson Nicholas Nick Nicole Nikhil Nina Noah Noel Nora Norma Norman Olga Oliver Olivia Omar Oscar
Owen Pablo Pam Pamela Patricia Patrick Paul Paula Pauline Pedro Peggy Peter Philip Phillip Phyllis Pierre Priscilla
Priya Rachel Rafael Rahul Raj Rajesh Ralph Ramon Randy Raquel Raul Raymond Rebecca Regina Renee Ricardo Richard Rick
Ricky Rita Robert Roberta Roberto Robin Rodney Roger Roland Ronald Ronnie Rosa Rosalie Rosemary Roxanne Roy Ruben
Russell Ruth Ryan Sabrina Sally Salvador Sam Samantha Samuel Sandra Santiago Sara Sarah Saul Scott Sean Sebastian
Sergio Seth Shane Shannon Sharon Shawn Sheila Shelby Sheri Sherry Shirley Sidney Simon Sofia Sonia Sophia Sophie Spencer
Stacey Stacy Stan Stanley Stella Stephanie Stephen Steve Steven Stewart Stuart Susan Susana Suzanne Sylvia Tamara Tammy
Tanya Tara Taylor Ted Teresa Terrence Terri Terry Thelma Theodore Theresa Thomas Tiffany Tim Timothy Tina Todd Tom Tommy
Toni Tony Tracey Tracy Travis Trevor Tricia Troy Tyler Tyrone Valerie Vanessa Vera Vernon Veronica Vicki Vickie Victoria
Vincent Vivian Vladimir Wade Walter Wanda Warren Wayne Wendy Wei Wesley Willie William Wilma Winifred Xavier Yasmin
Yolanda Yuki Yusuf Yvonne Zachary Zoe
`);

/** Given names that are also words, months, places or dyes: names only where the context says so. */
export const doubtfulNames = list(`
Amber Angel April Art Ash August Austin Autumn Basil Bill Bishop Brook Brooklyn Carol Chad Chance Charlotte Chase Chelsea
China Christian Christmas Clay Cliff Colt Crystal Daisy Dakota Dale Dallas Dawn Dean Destiny Drew Duke Eden Faith Fern
Fleming Flora Florence Forest Frank Gay Gene Georgia Ginger Glen Grace Grant Harmony Heath Holly Hope Hunter Iris Israel
Ivy Jack Jade Jasmine Jewel Jordan Joy June Kenya King Lance Laurel Lily Madison Major Mark May Melody Mercy Miles Mina
Myrtle Nova Olive Opal Paris Pat Patience Pearl Penny Prince Ray Reed Rob Rose Royal Ruby Sandy Savannah Scarlett Sierra
Skip Skye Sterling Sue Summer Sunny Sydney Tad Trinity Victor Viola Violet Virginia Will Winter Woody
`);

/** Common family names of the English-speaking world and beyond, for "Firstname Lastname" of unlisted given names. */
export const familyNames = list(`
Smith Johnson Williams Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Anderson Thomas Taylor
Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright
Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips
Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan
Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray
Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Doe Brown Wilson Khan Singh Chen
Wang Wong Li Zhang Liu Yang Tran Pham Park Cohen Schmidt Mueller Rossi Silva Santos Kowalski Ivanov Ali Ahmed Hussain
Kumar Sharma Gupta Tanaka Suzuki Yamamoto Okafor Fernandez Fitzgerald O'Brien O'Connor Jensen Larsen Johansson
`);

/** Chinese family names of one character, most frequent first, and those of two. */
export const chineseFamilyNames =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺";
export const chineseDoubleNames =
  "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|东方|夏侯|司徒|端木|南宫|独孤|长孙|宇文|轩辕|闻人|澹台";

/** Characters of which given names are mostly made. */
export const chineseGivenCharacters =
  "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰红玉建国华文志海梅玲飞鹏辉浩宇轩子涵欣怡梓雨晨佳俊凯博思雪婷慧琳倩莹颖洁璐瑶琪萍莉珍凤琴云莲环爱妹荣贞莺素美春菊香月媛瑞凡嘉琼勤珠贵叶璧娅琦晶妍茜秋珊莎锦黛青婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝振承东元德宏福生龙胜学祥才发武新利清彬富顺信昌成康星光天达安岩中茂进林有坚和彪诚先敬震壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江亮政谦亨奇固之轮翰朗伯言若鸣朋斌梁栋维启克伦翔旭士以泰盛雄琛钧冠策腾楠榕风航弘仁义礼孝忠良景焕正金立长根宝银财兴旺运全喜来家齐书连永水土火木生大小双阳晴朝昊然睿泽诺依一诗语桐沐辰奕逸帆洪宗敬丹彤萌露蕾薇蓉燕娇媚雅芝芬芹蓓苗苹迪迎远";
