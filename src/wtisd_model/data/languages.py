"""Codes of spoken and signed languages, and the canonical form of codes that are not used in a language tag.

Sources: ISO 639-2, whose pairs of codes are closed; the IANA Language Subtag Registry of 2026-09-17 for signed
languages and for retired codes; for the direction of writing, the usual script of each language (likely subtags) in
CLDR as in Babel 2.18.0, which ``tests/data/generate.py`` writes.
"""

from typing import Final

# If ISO 639-2 has two codes, both: the terminological one, as in ISO 639-3 (fra), and the bibliographic one (fre).
_TWO_BY_THREE = """
aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arg:an arm:hy asm:as ava:av ave:ae aym:ay aze:az bak:ba bam:bm baq:eu
bel:be ben:bn bis:bi bod:bo bos:bs bre:br bul:bg bur:my cat:ca ces:cs cha:ch che:ce chi:zh chu:cu chv:cv cor:kw cos:co
cre:cr cym:cy cze:cs dan:da deu:de div:dv dut:nl dzo:dz ell:el eng:en epo:eo est:et eus:eu ewe:ee fao:fo fas:fa fij:fj
fin:fi fra:fr fre:fr fry:fy ful:ff geo:ka ger:de gla:gd gle:ga glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha hbs:sh
heb:he her:hz hin:hi hmo:ho hrv:hr hun:hu hye:hy ibo:ig ice:is ido:io iii:ii iku:iu ile:ie ina:ia ind:id ipk:ik isl:is
ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr kaz:kk khm:km kik:ki kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj
kur:ku lao:lo lat:la lav:lv lim:li lin:ln lit:lt ltz:lb lub:lu lug:lg mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk
mlg:mg mlt:mt mon:mn mri:mi msa:ms mya:my nau:na nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no nya:ny
oci:oc oji:oj ori:or orm:om oss:os pan:pa per:fa pli:pi pol:pl por:pt pus:ps que:qu roh:rm ron:ro rum:ro run:rn rus:ru
sag:sg san:sa sin:si slk:sk slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq srd:sc srp:sr ssw:ss
sun:su swa:sw swe:sv tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr
twi:tw uig:ug ukr:uk urd:ur uzb:uz ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh yid:yi yor:yo zha:za zho:zh zul:zu
"""

_SIGNED = """
ads aed aen afg ajs ase asf asp asq asw bfi bfk bog bqn bqy bvl bzs cds csc csd cse csf csg csl csn csq csr csx doq dse
dsl dsz dyl ecs ehs esl esn eso eth fcs fse fsl fss gds gse gsg gsm gss gus hab haf hds hks hos hps hsh hsl icl iks ils
inl ins ise isg isr jcs jhs jks jls jos jsl jus kgi kvk lbs lgs lls lsb lsc lsl lsn lso lsp lst lsv lsw lsy lws mdl mfs
mre msd msr mzc mzg mzy nbs ncs nsi nsl nsp nsr nzs okl pgz pks prl prz psc psd psg psl pso psp psr pys rib rms rnb rsl
rsm rsn sdl sfb sfs sgg sgx slf sls sqk sqs sqx ssp ssr svk swl syy szs tse tsm tsq tss tsy tza ugn ugy ukl uks vgt vsi
vsl vsv wbs xki xml xms ygs yhs ysl ysm zhk zib zsl
"""

# Preferred-Value of each language that the registry calls Deprecated; and three codes that were withdrawn from ISO 639
# before the registry took them in (Moldavian; the bibliographic codes of Serbian and Croatian).
_REPLACED = """
bh:bih in:id iw:he ji:yi jw:jv mo:ro aam:aas adp:dz ajp:apc ajt:aeb asd:snz aue:ktz ayx:nun bgm:bcg bic:bir bjd:drl
blg:iba ccq:rki cjr:mom cka:cmr cmk:xch coy:pij cqu:quh dek:sqm dit:dif drh:khk drr:kzk drw:prs gav:dev gfx:vaj ggn:gvr
gli:kzk gti:nyc guv:duz hrr:jal ibi:opa ilw:gal jeg:oyb kgc:tdf kgh:kml kgm:plu koj:kwv krm:bmf ktr:dtp kvs:gdj kwq:yam
kxe:tvd kxl:kru kzj:dtp kzt:dtp lak:ksp lii:raq llo:ngt lmm:rmx meg:cir mol:ro mrd:mgp mst:mry mwj:vaj myd:aog myt:mry
nad:xny ncp:kdz nns:nbr nnx:ngv nom:cbr nte:eko nts:pij nxu:bpp oun:vaj pat:kxr pcr:adx pmc:huw pmk:crr pmu:phr ppa:bfy
ppr:lcq prp:gu pry:prt puz:pub sca:hle scc:sr scr:hr shl:mrh skk:oyb smd:kmb snb:iba szd:umi tdu:dtp thc:tpo thw:ola
thx:oyb tie:ras tkk:twm tlw:weo tmk:tdg tmp:tyj tne:kak tnf:prs tpw:tpn tsf:taj uok:ema xba:cax xia:acn xkh:waw xrq:dmw
xss:zko ybd:rki yma:lrr ymt:mtm yol:enm yos:zom yuu:yug zir:scv zkb:kjh
"""

_RIGHT_TO_LEFT = """
ae ar dv fa he ks ps sd ug ur yi aao abh abv acm acq acw acx adf aeb aec aee aeq afb aib aii aij aiq amw apc apd arc arq
ars ary arz ask atn auj auz avd avl ayh ayl ayn ayp azb bal bdz bej bft bgn bgp bhe bhm bhn bjf bjm bqi brh brk bsh bsk
chg cja ckb clh czk dcc def deh dgl dmk dml ecy esh fay faz fia fub gbz ggg gha ghr gig gjk gju glh glk gwc gwf gwt gzi
hac haz hbo hkh hnd hno hoh hrt hrz hss huy isk itk jad jat jbe jbn jdg jnd jog jpa jpr jrb jye kbu kby kcy kfm khw klj
kmz kqd ktl kvx kxp lad lah lhs lki lrc lrk lrl lsa lsd lss luv luz mby mde mfa mfi mhj mid mki mnj mve mvy myz mzn nli
nlm nqo ntz nyq oar obm odk oru ota otk oui pal pbt pgd phl phn phr phv plk pra prc prd prx psh psi pst qxq rdb rhg rmt
sam sbn scl sdb sdf sdg sdh sds sgr sgy shd shm shu shv siy siz skr smp smy sog sqo sqt srh srz ssh sts swb syc syn syr
tjo tks tmr tov tra trg trm trw ush uzs vaf vgr vmh wbk wlo wne wni wsv xco xhe xka xkc xkj xkp xld xly xmn xmr xna xpr
xsa xvi ydg yhd yih yud zba zdj zrp zum
"""

LONG_TO_SHORT: Final[dict[str, str]] = {
    long: short for long, _, short in (pair.partition(":") for pair in _TWO_BY_THREE.split())
}
"""The two-letter code that a tag uses (RFC 5646 2.2.1), by the three-letter codes of ISO 639-2 and 639-3."""

LANGUAGES: Final[frozenset[str]] = frozenset(LONG_TO_SHORT.values())
"""Two-letter codes of ISO 639-1. It includes ``sh``, which is withdrawn there, but valid in language tags."""

RETIRED: Final[dict[str, str]] = {old: new for old, _, new in (pair.partition(":") for pair in _REPLACED.split())}
"""The replacement of each retired code of two or three letters (RFC 5646 section 4.5)."""

SIGN_LANGUAGES: Final[frozenset[str]] = frozenset(_SIGNED.split())
"""ISO 639-3 codes of sign languages, with ``ils``, International Sign, but without the collective code ``sgn``."""

UNSPECIFIC: Final[frozenset[str]] = frozenset({"mul", "sgn", "und", "zxx"})
"""Codes for several, undetermined or no languages (ISO 639-2), and for all sign languages together (ISO 639-5).

``mis`` is not among them: it is for a language that has no code, and interpreters may know it.
"""

RIGHT_TO_LEFT: Final[frozenset[str]] = frozenset(_RIGHT_TO_LEFT.split())
"""Codes of languages that are usually written from right to left.

A script in a tag takes precedence: ``ar-Latn`` runs from left to right, and ``uz-Arab``, unlike ``uz``, from right to
left.
"""
