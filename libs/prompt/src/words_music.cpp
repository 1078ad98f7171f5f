// SPDX-License-Identifier: MIT
// Words for forms, parts and instruments; genres and instruments have their own names in
// data/genres and data/instruments.json.
#include "vocabulary.hpp"

namespace toccata::prompt {
namespace {

constexpr Row kRows[] = {
    {Kind::Share, "little", 0.25,
     "a touch of, a hint of, touches of, hints of, a bit of, a dash of, a pinch of, "
     "une touche de, une touche d, une pointe de, une pointe d, un soupcon de, un soupcon d, un "
     "peu "
     "de, un peu d, des touches de, des accents, with hints of, influences, un zeste de"},
    {Kind::Share, "most", 0.75,
     "lots of, a lot of, plenty of, beaucoup de, beaucoup d, mostly, mainly, primarily, largely, "
     "surtout, principalement, essentiellement, "
     "majoritairement"},

    {Kind::Ensemble, "orchestra", 0,
     "orchestra, full orchestra, symphony orchestra, orchestre, orchestre symphonique"},
    {Kind::Ensemble, "orchestra", 1, "orchestral, orchestrale, symphonic, symphonique"},
    {Kind::Ensemble, "string quartet", 0, "string quartet, quatuor a cordes"},
    {Kind::Ensemble, "string trio", 0, "string trio, trio a cordes"},
    {Kind::Ensemble, "wind quintet", 0,
     "wind quintet, woodwind quintet, quintette a vent, quintette a vents"},
    {Kind::Ensemble, "brass quintet", 0, "brass quintet, quintette de cuivres"},
    {Kind::Ensemble, "brass quartet", 0, "brass quartet, quatuor de cuivres"},
    {Kind::Ensemble, "piano trio", 0, "piano trio, trio avec piano, trio pour piano"},
    {Kind::Ensemble, "piano quartet", 0, "piano quartet, quatuor avec piano"},
    {Kind::Ensemble, "sax quartet", 0,
     "sax quartet, saxophone quartet, quatuor de saxophones, quatuor de sax"},
    {Kind::Group, "duo", 2, "duo, duos, duet, duets"},
    {Kind::Group, "trio", 3, "trio, trios"},
    {Kind::Group, "quartet", 4, "quartet, quartets, quartette, quatuor, quatuors"},
    {Kind::Group, "quintet", 5, "quintet, quintets, quintette, quintettes"},
    {Kind::Ensemble, "jazz trio", 0, "jazz trio, trio de jazz, trio jazz"},
    {Kind::Ensemble, "jazz quartet", 0, "jazz quartet, quartet de jazz, quartette de jazz"},
    {Kind::Ensemble, "big band", 0, "big band"},
    {Kind::Ensemble, "takht", 0, "takht, takht ensemble"},
    {Kind::Generic, "guitar", 0, "guitar, guitars, guitare, guitares"},
    {Kind::Generic, "acoustic guitar", 0,
     "acoustic guitar, acoustic guitars, guitare acoustique, guitares acoustiques, guitare seche, "
     "guitares seches"},
    {Kind::Generic, "bass", 0, "bass, basse"},
    {Kind::Generic, "sax", 0, "sax, saxes, saxophone, saxophones, saxo, saxos"},
    {Kind::Generic, "synth", 0,
     "synth, synths, synthe, synthes, synthesizer, synthesizers, synthesiser, synthetiseur, "
     "synthetiseurs"},
    {Kind::Generic, "organ", 0, "organ, organs, orgue, orgues"},
    {Kind::Drums, "drums", 0,
     "drums, drum, drum kit, drum set, the drum part, drum track, drum part, batterie, batteries, "
     "drum beat, kit de batterie, drumming, boite a "
     "rythmes, boite a rythme, drum machine, piste de batterie"},
    {Kind::Drums, "percussion", 0, "percussion, percussions, percussion part, percus"},
    {Kind::Drums, "piece", 0,
     "bass drum, bass drums, kick drum, snare drum, snare drums, grosse caisse, caisse claire"},
    {Kind::Drums, "refused", 0, "drumless, beatless"},

    {Kind::Form, "rondo", 0, "rondo, rondeau, forme rondo, rondo form"},
    {Kind::Form, "verse-chorus", 0,
     "verse chorus form, couplets et refrains, couplet et refrain, verses and choruses, verse and "
     "chorus, couplets refrains, forme couplet refrain"},
    {Kind::Form, "aba", 0, "ternary form, forme ternaire"},
    {Kind::Form, "A B", 0, "binary form, forme binaire"},
    {Kind::Form, "aaba", 0, "32 bar form, thirty two bar form"},
    {Kind::Form, "12-bar", 0, "12 bar form, twelve bar form"},
    {Kind::Section, "Intro", 0, "intro, introduction, intros"},
    {Kind::Section, "Verse", 0, "verse, verses, couplet, couplets"},
    {Kind::Section, "Chorus", 0, "chorus, choruses, refrain, refrains"},
    {Kind::Section, "Bridge", 0, "bridge, pont"},
    {Kind::Section, "Interlude", 0, "interlude"},
    {Kind::Section, "Coda", 0, "coda"},
    {Kind::Section, "Outro", 0, "outro, ending, conclusion"},
    {Kind::Section, "Break", 0, "break"},
    {Kind::Section, "Build", 0, "buildup, build up, montee"},
    {Kind::Section, "Drop", 0, "drop"},
    {Kind::Idiom, "change", 0,
     "more and more, less and less, increasingly, progressively, gradually, de plus en plus, de "
     "moins en moins, progressivement, graduellement, peu a peu"},
    {Kind::Idiom, "pre-chorus", 0,
     "pre chorus, prechorus, pre choruses, pre refrain, prerefrain, pre refrains"},
    {Kind::Solo, "solo", 0, "solo, soli, solos"},
    {Kind::Solo, "alone", 0,
     "alone, seul, seule, seuls, seules, tout seul, toute seule, unaccompanied, nothing else, and "
     "nothing else, with nothing else, rien d autre, et rien d autre, sans rien d autre, non "
     "accompagne, non accompagnee, no other "
     "instrument, no other instruments, sans autre instrument, aucun autre instrument"},

    {Kind::Pickup, "", 0,
     "pickup, pick up, pickup bar, pick up bar, pickup measure, pick up measure, upbeat bar, "
     "anacrusis, anacrouse, mesure d anacrouse, mesure de levee"},

    {Kind::Parts, "melody", 0,
     "melody only, melody alone, melody and nothing else, unaccompanied melody, melodie seule, "
     "melodie toute seule, seule la melodie, seulement la melodie, seulement une melodie, "
     "uniquement "
     "la melodie, uniquement une melodie, rien que la melodie, juste la melodie, juste une "
     "melodie, "
     "only the melody, only a melody, just the melody, just a melody, melodie uniquement, melodie "
     "seulement, melodie sans accompagnement, sans accompagnement, sans aucun accompagnement, "
     "without accompaniment, without any accompaniment, no accompaniment, pas d accompagnement, "
     "monophonic, monophonique, monodie, single line, single melodic line, nothing but the melody, "
     "nothing but a melody, que la melodie, solo melody, ligne melodique seule, melody line only, "
     "une seule voix"},
    {Kind::Parts, "voice", 0, "a cappella, a capella, acappella, acapella"},
    {Kind::Parts, "no melody", 0,
     "backing track, backing tracks, playback, accompaniment only, accompagnement seul, just the "
     "accompaniment, only the accompaniment, seulement l accompagnement, karaoke"},
    {Kind::Role, "chords", 0,
     "chord, chords, accords, accord, chord part, accompaniment, accompagnement, harmonies, "
     "comping"},
    {Kind::Role, "bass", 0, "bass line, bassline, bass part, ligne de basse, bass lines"},
    {Kind::Role, "melody", 0, "melody part, lead melody, partie melodique"},

    {Kind::Idiom, "", 0,
     "rock the house, rock my world, rock the boat, on the rocks, mi temps, cle de sol, clef de "
     "sol, "
     "cle de fa, clef de fa, cle d ut, clef d ut, la majeure partie, in the house, my house, "
     "haunted "
     "house, house party, fish bass, sea bass, my country, country side, in my country, organ "
     "donor, "
     "pop corn, double time, half time, time signature change, key change, changement de tonalite, "
     "a "
     "la carte, do it yourself, in a row, plan a, plan b, day and night, minor change, minor "
     "changes, "
     "major change, major changes, minor detail, minor details, minor issue, major issue, soap "
     "opera, to the beat of my own drum, skip a beat, skips a beat, miss a beat, missing a beat, "
     "heart of glass, piano bar, blue note, 24 7, first second, "
     "rock garden, rock gardens, rock pool, rock pools, rock climbing, rock bottom, rock face, "
     "swing set, swing sets, swing state, country house, country road, country roads, "
     "country club, wait a minute, wait a second, just a minute, just a second, hang on a minute, "
     "hold on a second, attends une minute, attendez une minute, minute papillon, "
     "une minute papillon, minor third, major third, minor chord, major chord, accord mineur, "
     "accord majeur, tierce mineure, tierce majeure"},
};

}  // namespace

std::span<const Row> music_rows() { return kRows; }

}  // namespace toccata::prompt
