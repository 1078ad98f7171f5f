// SPDX-License-Identifier: MIT
// Words for moods, tempo, loudness, density and note lengths, and those that make them weaker or
// stronger. Values of tempo words are quarters per minute. Source: metronome markings as usual
// (Maelzel's scale as printed by Wittner) for the Italian words, set by ear for the others. Marks
// of two tempos ("allegro moderato") lie between those, in the ranges that metronomes and handbooks
// print: andante moderato 92-98, allegro moderato 116-120, vivacissimo ("molto vivace") 172-176.
#include "vocabulary.hpp"

namespace toccata::prompt {
namespace {

constexpr Row kRows[] = {
    {Kind::Mood, "joyful", 0,
     "joyful, joyous, joyfully, happy, happily, cheerful, cheery, glad, merry, jolly, sunny, "
     "jovial, "
     "joyeux, joyeuse, joyeuses, joyeusement, heureux, heureuse, gai, gaie, gais, gaies, gaiement, "
     "contente, ensoleille, ensoleillee, de bonne humeur, feel good, joviale, "
     "upbeat, bright, lumineux, lumineuse, giocoso, allegro giocoso, joy, joie, bonheur, "
     "happiness"},
    {Kind::Mood, "playful", 0,
     "playful, playfully, whimsical, funny, humorous, quirky, scherzando, ludique, enjoue, "
     "enjouee, "
     "espiegle, amusant, amusante, drole, badin, malicieux, malicieuse, childlike, enfantin, "
     "enfantine, fun"},
    {Kind::Mood, "festive", 0,
     "festive, festif, party, celebratory, celebration, de fete, fete, exuberant, exuberante, "
     "jubilant, carnival, carnaval"},
    {Kind::Mood, "triumphant", 0,
     "triumphant, triumphal, victorious, glorious, heroic, triomphant, triomphante, triomphal, "
     "triomphale, victorieux, victorieuse, glorieux, glorieuse, heroique, majestic, majestueux, "
     "majestueuse, maestoso, grandiose, victory, victoire"},
    {Kind::Mood, "energetic", 0,
     "energetic, energetically, lively feeling, dynamic, powerful, driving, exciting, excited, "
     "groovy, catchy, danceable, energique, energiques, dynamique, puissant, puissante, "
     "entrainant, "
     "entrainante, excitant, excitante, dansant, dansante, pulsing, con brio, con fuoco, energy, "
     "energie, punchy, peppy, rythmee"},
    {Kind::Mood, "epic", 0, "epic, epique, epiques, legendary, legendaire"},
    {Kind::Mood, "hopeful", 0,
     "hopeful, optimistic, uplifting, inspiring, plein d espoir, pleine d espoir, optimiste, "
     "inspirant, inspirante"},
    {Kind::Mood, "romantic", 0,
     "romantic, romantically, loving, passionate, sensual, romantique, amoureux, amoureuse, "
     "passionne, passionnee, sensuel, sensuelle, amoroso, appassionato, love, amour"},
    {Kind::Mood, "tender", 0,
     "tender, tenderly, gentle, gently, warm, sweet, delicate, tendre, tendres, tendrement, "
     "chaleureux, chaleureuse, delicat, affectueux, affectueuse, dolce, tendresse"},
    {Kind::Mood, "dreamy", 0,
     "dreamy, dreamlike, ethereal, floating, reveur, reveuse, onirique, ethere, etheree, planant, "
     "planante, vaporeux, vaporeuse, flottant, flottante, celeste, heavenly"},
    {Kind::Mood, "calm", 0,
     "calm, calming, calmly, peaceful, peacefully, serene, relaxed, relaxing, tranquil, soothing, "
     "chill, laid back, meditative, restful, mellow, calme, calmes, calmement, paisible, serein, "
     "sereine, relaxant, relaxante, detendu, detendue, tranquille, apaisant, apaisante, apaise, "
     "apaisee, reposant, reposante, meditatif, zen, lullaby, berceuse, tranquillo, "
     "relax, peace, cozy, cosy"},
    {Kind::Mood, "solemn", 0,
     "solemn, solemnly, serious, dignified, ceremonial, solennel, solennelle, serieux, serieuse, "
     "ceremoniel, recueilli, recueillie, religieux, religieuse, sacred"},
    {Kind::Mood, "nostalgic", 0,
     "nostalgic, wistful, bittersweet, nostalgique, nostalgiques, doux amer, douce amere, "
     "nostalgia, "
     "nostalgie"},
    {Kind::Mood, "mysterious", 0,
     "mysterious, mysteriously, enigmatic, eerie, spooky, strange, mystical, mysterieux, "
     "mysterieuse, enigmatique, etrange, etranges, mystique, misterioso, magical, magique, "
     "mystery, "
     "mystere, creepy, haunting"},
    {Kind::Mood, "melancholic", 0,
     "melancholic, melancholy, moody, melancolique, melancoliques, melancolie, malinconico, "
     "spleen"},
    {Kind::Mood, "sad", 0,
     "sad, sadly, sorrowful, mournful, unhappy, gloomy, heartbroken, tearful, funereal, triste, "
     "tristes, tristement, malheureux, malheureuse, funebre, plaintif, plaintive, morose, mesto, "
     "sadness, tristesse, dolente, desespere, desesperee"},
    {Kind::Mood, "dark", 0,
     "dark, darker, sinister, ominous, bleak, sombre, sombres, sinistre, tenebreux, tenebreuse, "
     "lugubre, noir et lourd, darkness, brooding"},
    {Kind::Mood, "dramatic", 0,
     "dramatic, dramatically, tragic, dramatique, dramatiques, tragique"},
    {Kind::Mood, "tense", 0,
     "tense, anxious, nervous, suspenseful, worried, restless, agitated, frantic, scary, tendu, "
     "tendue, angoissant, angoissante, anxieux, anxieuse, nerveux, nerveuse, inquiet, inquiete, "
     "inquietant, inquietante, agite, agitee, stressant, stressante, oppressant, oppressante, "
     "agitato, suspense, effrayant, effrayante, qui fait peur, fait peur, faire peur, angoisse"},
    {Kind::Mood, "angry", 0,
     "angry, aggressive, furious, violent, brutal, fierce, rageur, rageuse, agressif, agressive, "
     "furieux, furieuse, violente, brutale, furioso, en colere, colere, anger, rage"},

    {Kind::Tempo, "slow", 36, "grave tempo, larghissimo"},
    {Kind::Tempo, "slow", 50, "largo, very slowly indeed"},
    {Kind::Tempo, "slow", 53, "adagio molto, adagio assai"},
    {Kind::Tempo, "slow", 54, "lento"},
    {Kind::Tempo, "slow", 63, "larghetto"},
    {Kind::Tempo, "slow", 66,
     "slow, slowly, slower, slow tempo, slow paced, lent, lente, lents, lentes, lentement, "
     "adagietto"},
    {Kind::Tempo, "slow", 76, "slowish"},
    {Kind::Tempo, "slow", 70, "adagio, ballad, ballade, ballads, ballades"},
    {Kind::Tempo, "slow", 84, "andante, walking pace, au pas"},
    {Kind::Tempo, "slow", 92, "andante con moto"},
    {Kind::Tempo, "slow", 94, "andante moderato"},
    {Kind::Tempo, "medium", 92, "andantino"},
    {Kind::Tempo, "medium", 104,
     "moderato, moderate, moderately paced, medium, medium tempo, mid tempo, midtempo, modere, "
     "moderee, tempo moyen, tempo modere, vitesse moyenne, moderate tempo"},
    {Kind::Tempo, "medium", 110,
     "moderato con moto, allegro molto moderato, allegretto moderato, moderato assai"},
    {Kind::Tempo, "fast", 116, "allegretto"},
    {Kind::Tempo, "fast", 118, "allegro moderato, allegro giusto"},
    {Kind::Tempo, "fast", 124, "fastish"},
    {Kind::Tempo, "fast", 132,
     "allegro, lively, vif, vive, vivement, anime, animee, enlevee, enlevees, up tempo, uptempo"},
    {Kind::Tempo, "fast", 144,
     "fast, quick, quickly, faster, rapid, speedy, brisk, fast tempo, fast paced, rapide, rapides, "
     "rapidement, vite"},
    {Kind::Tempo, "fast", 146, "allegro vivace"},
    {Kind::Tempo, "fast", 160, "vivace"},
    {Kind::Tempo, "fast", 161, "allegro assai, allegro molto"},
    {Kind::Tempo, "fast", 174, "molto vivace, vivacissimo, vivace assai, vivace molto"},
    {Kind::Tempo, "fast", 180, "presto"},
    {Kind::Tempo, "fast", 200, "prestissimo, a toute vitesse, breakneck"},

    {Kind::Dynamics, "soft", 0, "pp, ppp, pianissimo"},
    {Kind::Dynamics, "soft", 1,
     "p, a voix basse, soft, softly, quiet, quietly, doux, douce, douces, doucement, soft "
     "dynamics, nuance "
     "piano, "
     "dynamics piano, dynamique piano, feutre, feutree, silencieux, silencieuse, subdued, "
     "delicately"},
    {Kind::Dynamics, "soft", 2, "mp, mezzo piano"},
    {Kind::Dynamics, "loud", 3, "mf, mezzo forte, mezzoforte"},
    {Kind::Dynamics, "loud", 4,
     "loud, loudly, louder, fort, forte, nuance forte, bruyant, bruyante, sonore, heavy"},
    {Kind::Dynamics, "loud", 5, "ff, fff, fortissimo, a plein volume"},

    {Kind::Density, "sparse", 0.2,
     "sparse, sparsely, few notes, very few notes, minimalist, minimal, airy, uncluttered, peu de "
     "notes, beaucoup d espace, lots of space, quelques notes, epure, epuree, minimaliste, "
     "depouille, depouillee, aere, aeree, "
     "clairseme, "
     "clairsemee, with space, pas beaucoup de notes, not many notes, pas trop de notes, not too "
     "many notes, not a lot of notes, fewer "
     "notes, less notes, moins de notes"},
    {Kind::Density, "sparse", 0.3, "simple, simples, easy, facile, faciles"},
    {Kind::Density, "busy", 0.8,
     "busy, dense, denses, many notes, lots of notes, a lot of notes, plenty of notes, full of "
     "notes, "
     "beaucoup de notes, plein de notes, plein de petites notes, more notes, plus de notes, "
     "charge, chargee, touffu, touffue, "
     "fourni, fournie, foisonnant, foisonnante, elaborate, ornate, complex, complexe, complexes"},
    {Kind::Density, "busy", 0.9, "virtuoso, virtuosic, virtuose, virtuoses, shredding"},

    {Kind::NoteLength, "short", 0,
     "staccato, short notes, brief notes, detached, detached notes, notes courtes, notes breves, "
     "note courte, pique, notes piquees, detache, notes detachees, pointilliste, choppy"},
    {Kind::NoteLength, "long", 0,
     "legato, long notes, whole notes, half notes, rondes et blanches, que des rondes, rondes "
     "seulement, sustained, sustained notes, held notes, longer notes, notes longues, "
     "longues notes, notes tenues, tenues, lie, notes liees, soutenu, soutenue"},

    {Kind::NoteLength, "mixed", 0,
     "mixed note lengths, varied note lengths, notes de longueurs variees, notes variees, "
     "longueurs "
     "variees"},

    {Kind::Degree, "very", 0,
     "very, really, truly, highly, super, tres, vraiment, bien, molto, assai, particularly, "
     "particulierement, plenty, fort bien, beaucoup, real, quite very, pretty much, deeply, "
     "profondement"},
    {Kind::Degree, "extremely", 0,
     "extremely, incredibly, insanely, ultra, very very, tres tres, extremement, hyper, "
     "incroyablement, excessivement, as can be"},
    {Kind::Degree, "slightly", 0,
     "slightly, a bit, a little, a little bit, somewhat, fairly, rather, quite, relatively, kind "
     "of, "
     "sort of, pretty, moderately, mildly, un peu, un petit peu, legerement, plutot, assez, "
     "relativement, moderement, moyennement, poco, un poco, reasonably"},
    {Kind::Degree, "plain", 0, "more, plus, so, too, trop, as, aussi, even, encore"},
    {Kind::Hedge, "not too", 0,
     "not too, not very, not so, not especially, not particularly, pas specialement, pas "
     "particulierement, not that, not overly, not really, not too much, pas trop, pas "
     "tres, "
     "pas si, pas tellement, pas vraiment, sans etre trop, without being too, non troppo, ma non "
     "troppo, nothing too, rien de trop, never too, jamais trop, less, fewer, moins, not quite, "
     "pas tout "
     "a "
     "fait, n est pas trop, pas trop de, not too many, ni trop, nor too, neither too, peu"},
};

}  // namespace

std::span<const Row> feeling_rows() { return kRows; }

}  // namespace toccata::prompt
