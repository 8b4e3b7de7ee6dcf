/**
 * Large cities, states, and countries and regions, written down from general knowledge. Cities go, states and
 * countries stay; a city that is not listed is known by its context only ("lives in", "City, Ohio").
 */

const list = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s*[|\n]\s*/));

/** Cities that stand for a person's place after "in", "from", "at", "near" or "our". */
export const cities = list(`
Akron|Albany|Albuquerque|Alexandria|Amarillo|Anaheim|Anchorage|Ann Arbor|Arlington|Asheville|Atlanta|Augusta|Aurora|Austin
Bakersfield|Baltimore|Baton Rouge|Bellevue|Berkeley|Birmingham|Bismarck|Boise|Boston|Boulder|Bridgeport|Bronx|Brooklyn|Brownsville
Buffalo|Burlington|Cambridge|Camden|Cape Cod|Cary|Cedar Rapids|Chandler|Charleston|Charlotte|Chattanooga|Chesapeake|Cheyenne
Chicago|Chula Vista|Cincinnati|Clarksville|Cleveland|Colorado Springs|Columbia|Columbus|Corpus Christi|Dallas|Davenport|Dayton
Decatur|Denver|Des Moines|Detroit|Duluth|Durham|El Paso|Elizabeth City|Erie|Eugene|Evanston|Evansville|Fairfax|Fargo|Fayetteville|Flagstaff|Flint
Fort Collins|Fort Lauderdale|Fort Wayne|Fort Worth|Fremont|Fresno|Gainesville|Galveston|Garland|Gilbert|Glendale|Grand Rapids
Green Bay|Greensboro|Harlem|Harrisburg|Hartford|Henderson|Hialeah|Hoboken|Hollywood|Honolulu|Houston|Huntington Beach|Huntsville|Indianapolis
Irvine|Irving|Jackson|Jacksonville|Jersey City|Juneau|Kansas City|Knoxville|Lafayette|Laredo|Las Vegas|Lexington|Lincoln|Little Rock
Long Beach|Long Island|Los Angeles|Louisville|Lubbock|Madison|Manhattan|Memphis|Mesa|Miami|Milwaukee|Minneapolis|Mobile|Modesto
Montgomery|Naperville|Nashville|New Haven|New Orleans|New York City|New York|NYC|Newark|Newport News|Norfolk|Oakland|Oklahoma City|Omaha
Orlando|Palo Alto|Pasadena|Peoria|Philadelphia|Phoenix|Pittsburgh|Plano|Portland|Providence|Provo|Queens|Raleigh|Reno|Richmond
Riverside|Roanoke|Rochester|Sacramento|Salem|Salt Lake City|San Antonio|San Bernardino|San Diego|San Francisco|San Jose|Santa Ana|Santa Barbara
Santa Fe|Santa Monica|Savannah|Scottsdale|Scranton|Seattle|Shreveport|Sioux Falls|Spokane|Springfield|St. Louis|St. Paul|Saint Paul|Stamford
Staten Island|Stockton|Syracuse|Tacoma|Tallahassee|Tampa|Toledo|Topeka|Trenton|Tucson|Tulsa|Virginia Beach|Waco|Washington DC|Washington, D.C.|Wichita
Wilmington|Winston-Salem|Worcester|Yonkers|Youngstown
Aberdeen|Abu Dhabi|Accra|Addis Ababa|Adelaide|Amsterdam|Ankara|Antwerp|Athens|Auckland|Baghdad|Bangalore|Bangkok|Barcelona|Basel|Beijing
Beirut|Belfast|Belgrade|Berlin|Bern|Bogota|Bologna|Bordeaux|Bratislava|Brisbane|Bristol|Brussels|Bucharest|Budapest|Buenos Aires|Cairo|Calcutta
Calgary|Cape Town|Caracas|Cardiff|Casablanca|Chennai|Cologne|Copenhagen|Dakar|Damascus|Delhi|Dhaka|Doha|Dresden|Dubai|Dublin
Dundee|Durban|Düsseldorf|Edinburgh|Edmonton|Essen|Florence|Frankfurt|Geneva|Genoa|Glasgow|Gothenburg|Guangzhou|Hamburg|Hanoi|Havana|Heidelberg
Helsinki|Hiroshima|Ho Chi Minh City|Hyderabad|Ibadan|Istanbul|Jakarta|Jeddah|Jerusalem|Johannesburg|Kabul|Kampala|Karachi|Kathmandu|Khartoum|Kiev|Kinshasa
Kolkata|Kuala Lumpur|Kyiv|Kyoto|Lagos|Lahore|Leeds|Leicester|Leiden|Leipzig|Lima|Lisbon|Liverpool|London|Lyon|Madrid|Malmö
Manchester|Manila|Marseille|Mecca|Medellin|Melbourne|Mexico City|Milan|Montevideo|Montreal|Moscow|Mumbai|Munich|Nagoya|Nairobi
Naples|New Delhi|Newcastle|Nottingham|Osaka|Oslo|Ottawa|Oxford|Paris|Perth|Prague|Quebec City|Quito|Riyadh|Rio de Janeiro|Rome|Rotterdam
Santiago|Sao Paulo|São Paulo|Sarajevo|Seoul|Seville|Shanghai|Sheffield|Shenzhen|Sofia|Southampton|Stockholm|Stuttgart|Sydney|Taipei|Tehran
Tel Aviv|Tokyo|Toronto|Toulouse|Tunis|Turin|Utrecht|Valencia|Vancouver|Vienna|Vilnius|Warsaw|Winnipeg|Wuhan|Yokohama|Zagreb|Zurich|Zürich
`);

/** States, provinces and the like: as large as Safe Harbor lets stay. */
export const states = list(`
Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas
Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire
New Jersey|New Mexico|New York State|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota
Tennessee|Texas|Utah|Vermont|Virginia|Washington State|Washington|West Virginia|Wisconsin|Wyoming|Ontario|Quebec|British Columbia|Alberta|Manitoba|Nova Scotia
Saskatchewan|New South Wales|Queensland|Tasmania|Bavaria|Catalonia|Scotland|England|Wales|Northern Ireland|Puerto Rico|Guam
`);

/** Countries, peoples' regions, continents, seas and other places that are larger than a state. */
export const regions = list(`
Afghanistan|Africa|Albania|Algeria|Amazon|America|Andes|Angola|Antarctica|Appalachia|Arabia|Arctic|Argentina|Armenia|Asia|Atlantic|Australia|Austria|Azerbaijan|Bahamas
Bahrain|Balkans|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burma|Burundi|Cambodia|Cameroon
Canada|Cape Verde|Caribbean|Central African Republic|Central America|Central Asia|Chad|Chile|China|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Czechoslovakia|Democratic Republic
Denmark|Djibouti|Dominica|Dominican Republic|East|East Africa|East Asia|Eastern Europe|Ecuador|Egypt|El Salvador|Equatorial Guinea|Eritrea|Estonia|Ethiopia|Europe|Fiji|Finland|France|Gabon
Gambia|Germany|Ghana|Great Britain|Great Lakes|Greece|Greenland|Grenada|Guatemala|Guinea|Guyana|Haiti|Himalayas|Honduras|Hong Kong|Hungary|Iceland|India|Indian|Indonesia|Iran|Iraq|Ireland
Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latin America|Latvia|Lebanon|Lesotho|Liberia|Libya|Lithuania
Luxembourg|Macau|Macedonia|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mediterranean|Mexico|Micronesia|Middle East|Midwest|Moldova|Mongolia|Montenegro|Morocco|Mozambique
Myanmar|Namibia|Nepal|Netherlands|New England|New Guinea|New Zealand|Nicaragua|Niger|Nigeria|North|North Africa|North America|North Korea|Northeast|Northern|Northern Europe|Northwest|Norway|Oceania|Oman|Pacific
Pacific Northwest|Pakistan|Palestine|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Polynesia|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|Saudi Arabia|Scandinavia|Senegal
Serbia|Siberia|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South|South Africa|South America|South Asia|South Korea|South Sudan|Southeast|Southeast Asia|Southeastern|Southern|Southwest|Southwestern|Soviet Union|Spain|Sri Lanka|Sub-Saharan|Sub-Saharan Africa
Sudan|Suriname|Swaziland|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Tibet|Togo|Tonga|Trinidad|Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Arab Emirates
United Kingdom|United States|Uruguay|UK|US|USA|Uzbekistan|Venezuela|Vietnam|West|West Africa|West Indies|Western|Western Europe|Yemen|Yugoslavia|Zambia|Zimbabwe
`);

export const stateCodes =
  "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY";

/** First three digits of ZIP codes whose area holds 20,000 people or fewer (2000 census). */
export const rareZips = new Set(
  "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893".split(" "),
);
