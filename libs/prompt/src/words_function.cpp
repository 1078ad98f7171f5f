// SPDX-License-Identifier: MIT
// Words that carry no wish of their own, those that join and refuse, and lookalikes of ours.
#include "vocabulary.hpp"

namespace toccata::prompt {
namespace {

constexpr Row kRows[] = {
    {Kind::Article, "", 1, "a, an, un, une"},
    {Kind::And, "", 0, "and, et, puis"},
    {Kind::Or, "", 0, "or, ou"},
    {Kind::But, "", 0,
     "but, mais, however, yet, though, although, instead, cependant, toutefois, pourtant, only "
     "with, "
     "just with, seulement avec, juste avec, whereas, tandis que"},
    // What is "waived" need not be, but may; "not without" and "no ... except" ask for a thing.
    {Kind::Negator, "", 0,
     "no, not, non, don t, dont, doesn t, didn t, isn t, aren t, wasn t, weren t, hasn t, haven t, "
     "shouldn t, mustn t, never, none, none of, no more, not at all, not any, can t, cannot, won "
     "t, "
     "wouldn t, couldn t, no need for, no need of, pas, pas de, ne pas, aucun, aucune, jamais, "
     "surtout pas, pas du tout, pas besoin de, plus besoin de, ne plus, ne veux plus, ne veux plus "
     "de, "
     "ne veut plus de, ne voulons plus de, n y a plus, n y a plus de, n y ait plus, n y ait plus "
     "de, "
     "ne faut plus de, n a plus de, pas le moindre, pas la moindre, pas la moindre trace de, "
     "aucune trace de, pas une trace "
     "de, not a trace of, no trace of, nobody plays, no one plays, personne ne joue, ditch, ditch "
     "the, lose the, kill the"},
    {Kind::Negator, "nor", 0, "nor, neither, ni"},
    {Kind::Negator, "nothing", 0, "nothing, rien, rien de"},
    {Kind::Negator, "waived", 0,
     "not necessarily, not have to, not need to, don t have to, don t need to, doesn t have to, "
     "doesn t need to, need not, needn t, no need to, no need for it to, pas necessairement, pas "
     "forcement, pas obligatoirement, pas besoin que, pas besoin d etre, pas a etre, pas la peine "
     "que, pas oblige de, pas obligee de, pas necessaire que, pas necessaire de, pas obligatoire "
     "que"},
    {Kind::Negator, "without", 0,
     "without, avoid, avoiding, exclude, excluding, skip, remove, omit, leave out, leaving out, "
     "leave aside, "
     "instead of, in place of, in lieu of, rather than, everything but, anything but, all but, "
     "minus, free of, replace, replacing, swap, swap out, get rid of, do without, i hate, we hate, "
     "i dislike, i detest, mute the, mute all, cut the, turn off, switch off, sans, san, evite, "
     "evitez, eviter, au lieu de, a la place de, plutot que, tout sauf, enleve, enlevez, enlever, "
     "supprime, supprimez, supprimer, retire, retirez, retirer, remplace, remplacez, remplacer, "
     "laisse tomber, laissez tomber, laisser tomber, laisse de cote, laissez de cote, "
     "laisser de cote, loin de, je deteste, nous detestons, je hais, coupe le, coupe la, coupe "
     "les, coupez le, "
     "coupez la, coupez les"},
    {Kind::Negator, "key", 0,
     "any key but, any key except, any key other than, any other key than, every key but, toute "
     "tonalite sauf, n importe quelle tonalite sauf"},
    {Kind::Negator, "except", 0,
     "except, except for, other than, autre que, excepting, apart from, sauf, excepte, hormis, a l "
     "exception de, a "
     "l exclusion de"},
    {Kind::Denial, "", 0,
     "aside, de cote, a l ecart, off, false, absent, absente, absents, absentes, forbidden, "
     "prohibited, banned, unwanted, "
     "unnecessary, excluded, omitted, removed, left out, turned off, switched off, interdit, "
     "interdite, interdits, interdites, exclu, exclue, exclus, exclues, superflu, superflue, "
     "inutile, se taire, se tait, se taisent, se taise"},
    {Kind::Denial, "exchanged", 0,
     "replaced by, replaced with, remplace par, remplacee par, remplaces par, remplacees par"},
    {Kind::Denial, "waived", 0,
     "optional, mandatory, compulsory, obligatory, facultatif, facultative, optionnel, "
     "optionnelle, obligatoire, obligatoires"},
    {Kind::Only, "", 0,
     "only, solely, exclusively, seulement, uniquement, exclusivement, rien que, nothing but, "
     "nothing other than, rien d autre que, rien d autre qu, no instruments except, no instruments "
     "but, no instrument except, no other instruments than, pas d autres instruments que, aucun "
     "instrument sauf, que du, que des, que de la, que de l, ne veux plus que, ne garde que"},
    {Kind::Place, "", 0,
     "with, avec, in, en, on, sur, for, pour, at, into, from, by, par, au, aux, dans, like, "
     "comme, then, ensuite, over, under, sous, via, to, vers, avec de, avec du, including, "
     "incluant, featuring, based on, jouee par, joue par, played by, played on, jouee au, joue au, "
     "chez, about, around, environ, autour de, autour d, between, entre, per, plays, jouant, "
     "while, "
     "where, as well as, ainsi que, thanks to, grace a"},
    {Kind::Function, "", 0,
     // English
     "leave, leaves, leaving, would love, i d love, i would love, i love, we love, d love to, love "
     "to, i hope, cool, all "
     "the "
     "time, the, this, that, these, those, of, it, its, it s, i, i d, i m, i ve, i ll, me, my, "
     "mine, you, "
     "your, we, us, our, they, them, their, he, she, his, her, him, what, which, who, is, are, be, "
     "being, been, was, were, am, do, does, did, doing, done, have, has, having, had, will, would, "
     "can, could, should, shall, may, might, must, want, wants, wanted, wish, like to, would like, "
     "d "
     "like, need, needs, please, just, let, let s, lets, make, makes, making, made, compose, "
     "composed, composing, write, writes, writing, written, create, creates, creating, generate, "
     "generated, generating, give, gives, produce, play, playing, played, use, uses, used, using, "
     "add, adds, added, adding, put, include, keep, keeping, get, go, goes, going, have a, there, "
     "here, if, so that, because, than, also, all, any, some, some of, each, both, other, another, "
     "something, anything, one that, very much, thanks, thank, hi, hello, kindly, possible, if "
     "possible, maybe, perhaps, possibly, preferably, ideally, say, call, called, feel, feels, "
     "feeling, "
     "sound, sounds, sounding, lasting, lasts, last, long, mixed, mix, mixing, blend, blended, "
     "blending, cross, crossed, meets, fusion, combined, combining, combine, mixture, set, type, "
     "kind, good, nice, beautiful, great, lovely, pretty good, cute, little, small, short, new, "
     "own, "
     "full, whole, up, out, when, how, t, ll, ve, m, d, c, j, l, qu, sort, try, think, "
     "looking, no more than, no less than, not only, not just, not solely, not exclusively, not "
     "merely, contain, contains, containing, feature, features, at least, at most, up to, "
     "exactly, approximately, roughly, more or less, total, in total, ish, equal, "
     "either, now, really want, such, such as, time, times, part, meant, intended, duration of, "
     "length of, "
     // French
     "laisse, laissez, laisser, laissons, j aime, j aimerais, aime, j adore, adore, tout le temps, "
     "en meme temps, de temps en temps, "
     "suis, le, "
     "la, les, l, de, des, du, ce, cet, cette, ces, mon, ma, mes, ton, ta, tes, son, sa, ses, "
     "notre, nos, votre, vos, leur, leurs, je, tu, il, elle, on, nous, vous, ils, elles, me, moi, "
     "te, "
     "toi, se, lui, y, qui, que, quoi, dont, quel, quelle, est, es, sont, etre, sera, soit, "
     "soient, "
     "sois, etait, serait, ait, ai, as, avons, avez, ont, avoir, aurait, aura, veux, veut, "
     "voudrais, "
     "voudrait, voulons, voulez, aimerais, aimerait, souhaite, souhaiterais, desire, faut, besoin, "
     "faudrait, peux, peut, peux tu, pouvez, pourrais, pourrait, pourriez, fais, fait, faite, "
     "faites, "
     "faire, fasse, compose moi, composez, composer, compositeur, composees, ecris, ecrit, ecrite, "
     "ecrivez, ecrire, cree, creer, creez, genere, generer, generez, donne, donner, donnez, joue, "
     "joues, jouer, jouez, jouee, joues, mets, mettre, mettez, utilise, utiliser, utilisez, "
     "emploie, "
     "ajoute, ajouter, ajoutez, inclure, garde, svp, stp, s il te plait, s il vous plait, merci, "
     "bonjour, salut, si, si possible, si c est possible, c est possible, c est, ca, cela, ceci, "
     "donc, "
     "alors, or donc, car, parce que, afin, tout, toute, tous, toutes, quelque, quelques uns, "
     "chaque, "
     "meme, autre, aussi bien, peut etre, de preference, idealement, genre de, sorte, type de, "
     "espece "
     "de, dure, durant, dure environ, pendant, durer, durera, d une duree de, long de, longue, "
     "long, "
     "longs, melange, melangee, melanger, melange a, croise, croisee, mele, melee, melange de, "
     "fusion "
     "de, entre le, beau, belle, bel, beaux, belles, joli, jolie, jolis, bon, bonne, petit, "
     "petite, "
     "petits, petites, court, courte, grand, grande, nouveau, nouvelle, o, a peu pres, au moins, "
     "au "
     "plus, au maximum, au minimum, pas seulement, pas uniquement, pas exclusivement, pas juste, "
     "pas "
     "que du, pas que des, pas que de la, pas que de l, non seulement, peu importe, comporte, "
     "comporter, contienne, contient, contenir, pas plus de, pas moins de, exactement, "
     "approximativement, en tout, au total, moitie, moitie moitie, fifty fifty, ici, la bas, tel, "
     "telle, voici, voila, disons, quand, comment, ou bien, quelque chose, tres bien, a base de, "
     "base "
     "sur, basee sur, ne, n, ai besoin d, bien sur, a partir de, y a, il y a, y ait, qu il y ait, "
     "contenant, comportant, ayant, oui, yes, ok, euh, hum, hey, why not, pourquoi pas, dont le, "
     "dont la, dont les, dont l, dont un, dont une, don t "
     "forget, not forget, oublie pas, oubliez pas, nothing beats, rien ne vaut, que ce soit, "
     "faille, ever, hear, hearing, heard, needed, necessary, allowed, included, entendre, doit, "
     "doivent, devrait, devraient, necessaire, necessaires, permis, permise, autorise, autorisee, "
     "voulue, voulus, souhaitee, souhaites, inclus, incluse, please can, not to mention, "
     "si peu de, as soon as, well, et demie a"},
    {Kind::Noun, "", 0,
     "parts, melody, melodies, melodie, tune, tunes, song, songs, piece, pieces, track, tracks, "
     "music, "
     "work, "
     "composition, compositions, theme, themes, style, styles, genre, genres, mood, moods, mode, "
     "modes, scale, scales, maqam, maqams, maqamat, makam, rhythm, rhythms, beat, beats, groove, "
     "grooves, loop, jingle, line, lines, atmosphere, vibe, vibes, character, notes, note, tones, "
     "instrumental, instrument, instruments, ensemble, band, duration, length, section, sections, "
     "instrumentation, arrangement, improvisation, score, sequence, sheet, dynamics, nuance, "
     "nuances, "
     "morceau, morceaux, chanson, chansons, musique, musiques, musical, musicale, air, airs, "
     "titre, "
     "titres, oeuvre, piste, pistes, rythme, rythmes, ambiance, ambiances, humeur, caractere, "
     "gamme, "
     "gammes, ligne, lignes, boucle, motif, motifs, duree, longueur, "
     "partie, parties, partition, accompagnee, accompagne, accompagner, accompanied, accompanied "
     "by, "
     "accompanying, accompagnee de, accompagnee d, accompagne de, accompagne d, accompagnee par, "
     "background, background music, musique de fond, fond, feel good music, time signature of, "
     "esprit, emotion, emotions, sentiment, feelings, touch, touche, influence, accents, dynamique "
     "musicale, interpretation, tonalities, phrase, phrases, solfege, cover, single, hit, demo, "
     "number, orchestration, form of, texture, composition musicale, piece of music, kit, "
     "articulation"},
};

}  // namespace

std::span<const Row> function_rows() { return kRows; }

}  // namespace toccata::prompt
