/** Words of four letters and more that any two English texts share, whatever they are about. */

export const common: ReadonlySet<string> = new Set(
  `about above across after again against almost alone along already also although always among another answer answers anyone
anything around away back based became because become becomes been before began begin behind being below best better between
both bring called came cannot case cases cause caused causes certain certainly choice choices clear clearly come comes common
commonly compared consider considered considering could course different does doing done down during each early either else
enough especially even ever every everything example fact find finding findings first five following follows form found four
from full further gave general generally give given gives goes going good great group groups half hand have having here hence
high higher however important include included includes including indeed instead into itself just keep kept kind know known
large larger last late later lead leads least leave left less level levels like likely likewise line little long longer look
made main mainly make makes making many matter mean means might more moreover most mostly much must name named near nearly need
needed needs neither never next none normal note nothing number often once only onto option options order other others over
part particular particularly people perhaps place point points possible present presents problem probably question quite
rather reason reasons recent related result results right said same second seem seems seen several shall should show shown
shows side similar simple simply since small some something sometimes soon still such suggest suggests take taken takes taking
term terms than that their them themselves then there therefore these they thing things think this those though three through
thus time times together took toward towards true turn twice type typical typically under unless until upon used uses using
usually value values various very want well went were what when where whether which while whole whom whose will with within
without words work works would year years young your yours zero able accordingly actually additional allow allows amount
appear appears area areas available beginning body both bring change changes close complete contain contains continue correct
correctly day days depend depends describe described despite determine develop developed development difference directly
effect effects elsewhere ended equal especially essential exactly exist exists expect expected explain explains extent factor
factors final finally function functions gets getting happen happens help helps hours identify increase increased increases
indicate indicates initial involve involved involves issue issues itself lack lacks largely likelihood low lower major method
methods minutes month months multiple necessary occur occurs ones onset original otherwise overall period person potential
previous primary process produce produced produces provide provided provides purpose quickly range rapidly rate rates reach
reduce reduced reduces refer refers remain remains require required requires role search seven short significant situation
single slow slowly special specific standard start started starts state states step steps study studies subject support
supports system systems tend tends today total treat understand unlike useful view ways week weeks whereas wide widely world
woman women`.split(/\s+/u),
);
