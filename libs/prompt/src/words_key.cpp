// SPDX-License-Identifier: MIT
// Words for scales, maqamat, accidentals, meters and the names of fields.
#include "vocabulary.hpp"

namespace toccata::prompt {
namespace {

constexpr Row kRows[] = {
    {Kind::Scale, "major", 0, "major, maj, majeur, majeure, majeurs, ionian, ionien"},
    {Kind::Scale, "minor", 0,
     "minor, min, mineur, mineure, mineurs, natural minor, mineur naturel, mineure naturelle, "
     "aeolian, eolien, eolienne, mode de la"},
    {Kind::Scale, "harmonic minor", 0,
     "harmonic minor, minor harmonic, mineur harmonique, mineure harmonique, harmonique "
     "mineur"},
    {Kind::Scale, "melodic minor", 0,
     "melodic minor, minor melodic, mineur melodique, mineure melodique, melodique "
     "mineur, jazz minor"},
    {Kind::Scale, "dorian", 0, "dorian, dorien, dorienne, mode de re"},
    {Kind::Scale, "phrygian", 0, "phrygian, phrygien, phrygienne, mode de mi"},
    {Kind::Scale, "lydian", 0, "lydian, lydien, lydienne, mode de fa"},
    {Kind::Scale, "mixolydian", 0, "mixolydian, mixolydien, mixolydienne, mode de sol"},
    {Kind::Scale, "locrian", 0, "locrian, locrien, locrienne, mode de si"},
    {Kind::Scale, "pentatonic", 0, "pentatonic, pentatonique"},
    {Kind::Scale, "major pentatonic", 0,
     "major pentatonic, pentatonic major, majeur pentatonique, pentatonique majeure, pentatonique "
     "majeur"},
    {Kind::Scale, "minor pentatonic", 0,
     "minor pentatonic, pentatonic minor, mineur pentatonique, pentatonique mineure, pentatonique "
     "mineur"},
    {Kind::Scale, "blues", 0, "blues scale, gamme blues, gamme de blues, gamme du blues"},
    {Kind::Scale, "major blues", 0, "major blues scale"},
    {Kind::Scale, "whole tone", 0, "whole tone, whole tone scale, gamme par tons, par tons"},
    {Kind::Scale, "octatonic", 0, "octatonic, octatonique, half whole diminished"},
    {Kind::Scale, "bebop dominant", 0, "bebop scale, bebop dominant"},
    {Kind::Scale, "chromatic", 0, "chromatic, chromatic scale, chromatique, gamme chromatique"},
    {Kind::Scale, "phrygian dominant", 0, "phrygian dominant, phrygien dominant"},
    {Kind::Scale, "lydian dominant", 0, "lydian dominant, lydien dominant"},
    {Kind::Scale, "altered", 0, "altered scale, gamme alteree"},

    {Kind::Maqam, "rast", 0, "rast"},
    {Kind::Maqam, "bayati", 0, "bayati, bayyati, bayat, bayyat, bayaty"},
    {Kind::Maqam, "hijaz", 0, "hijaz, hidjaz, higaz, hejaz, hijaaz"},
    {Kind::Maqam, "saba", 0, "saba, sabaa"},
    {Kind::Maqam, "sikah", 0, "sikah, sika, segah, sigah"},
    {Kind::Maqam, "huzam", 0, "huzam, houzam"},
    {Kind::Maqam, "nahawand", 0, "nahawand, nahawend, nahavand, nahaouand"},
    {Kind::Maqam, "kurd", 0, "kurd, kourd"},
    {Kind::Maqam, "ajam", 0, "ajam, adjam, jiharkah"},
    {Kind::Maqam, "nikriz", 0, "nikriz, nakriz"},
    {Kind::Maqam, "suznak", 0, "suznak, souznak"},
    {Kind::Maqam, "husayni", 0, "husayni, husseini, husayny, housseini, huseyni"},

    {Kind::Accidental, "flat", -1, "flat, flats, bemol, bemols, bemole"},
    {Kind::Accidental, "sharp", 1, "sharp, sharps, diese, dieze, dieses, diez"},
    {Kind::Accidental, "double flat", -2, "double flat, double bemol"},
    {Kind::Accidental, "double sharp", 2, "double sharp, double diese"},
    {Kind::Accidental, "natural", 0, "natural, becarre"},

    {Kind::Cue, "key", 0,
     "key, keys of, key signature, tonalite, ton, tonic, tonique, armure, tonality, tonalites"},
    {Kind::Cue, "tempo", 0, "tempo, tempos, tempi, speed, vitesse, pace"},
    {Kind::Cue, "seed", 0, "seed, graine, germe"},
    {Kind::Cue, "valence", 0, "valence"},
    {Kind::Cue, "arousal", 0, "arousal, activation, eveil"},
    {Kind::Cue, "density", 0, "density, densite, note density, densite de notes"},
    {Kind::Cue, "form", 0, "form, forme, structure"},
    {Kind::Cue, "meter", 0,
     "meter, metre, time signature, mesure a, signature rythmique, chiffrage, metrique, "
     "signature"},
    {Kind::Cue, "chords", 0,
     "chord progression, chord changes, changes, over the chords, on the chords, with the chords, "
     "sur les accords, avec les accords, suite d accords, progression d accords, grille d accords, "
     "grille, progression, enchainement d accords, chords progression"},

    {Kind::Meter, "2/4", 0,
     "two four, two quarter time, deux quatre, two four time, march time, mesure a deux temps"},
    {Kind::Meter, "3/4", 0,
     "three four, three quarter, three quarter time, three four time, trois quatre, waltz time, "
     "triple time, triple meter, mesure ternaire simple"},
    {Kind::Meter, "4/4", 0,
     "four four, four quarter time, four four time, quatre quatre, common time, four on the floor"},
    {Kind::Meter, "5/4", 0, "five four, cinq quatre, five four time"},
    {Kind::Meter, "7/4", 0, "seven four, sept quatre, seven four time"},
    {Kind::Meter, "2/2", 0, "two two, deux deux, cut time, alla breve, c barre, two two time"},
    {Kind::Meter, "3/8", 0, "three eight, trois huit, three eight time"},
    {Kind::Meter, "5/8", 0, "five eight, cinq huit, five eight time"},
    {Kind::Meter, "6/8", 0,
     "six eight, six huit, six eight time, ternaire, en ternaire, compound time, compound meter"},
    {Kind::Meter, "7/8", 0, "seven eight, sept huit, seven eight time"},
    {Kind::Meter, "9/8", 0, "nine eight, neuf huit, nine eight time"},
    {Kind::Meter, "12/8", 0, "twelve eight, douze huit, twelve eight time"},
};

}  // namespace

std::span<const Row> key_rows() { return kRows; }

}  // namespace toccata::prompt
