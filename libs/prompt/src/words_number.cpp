// SPDX-License-Identifier: MIT
// Number words, units and note values. A digit row's id is its class: which words may follow it.
#include "vocabulary.hpp"

#include <limits>

namespace toccata::prompt {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

constexpr Row kRows[] = {
    {Kind::Digits, "zero", 0, "zero"},
    {Kind::Digits, "unit", 1, "one"},
    {Kind::Digits, "unit", 2, "two, deux"},
    {Kind::Digits, "unit", 3, "three, trois"},
    {Kind::Digits, "unit", 4, "four, quatre"},
    {Kind::Digits, "unit", 5, "five, cinq"},
    {Kind::Digits, "unit", 6, "six"},
    {Kind::Digits, "unit", 7, "seven, sept"},
    {Kind::Digits, "unit", 8, "eight, huit"},
    {Kind::Digits, "unit", 9, "nine, neuf"},
    {Kind::Digits, "teen", 10, "ten, dix"},
    {Kind::Digits, "teen", 11, "eleven, onze"},
    {Kind::Digits, "teen", 12, "twelve, douze"},
    {Kind::Digits, "teen", 13, "thirteen, treize"},
    {Kind::Digits, "teen", 14, "fourteen, quatorze"},
    {Kind::Digits, "teen", 15, "fifteen, quinze"},
    {Kind::Digits, "teen", 16, "sixteen, seize"},
    {Kind::Digits, "teen", 17, "seventeen, dix sept"},
    {Kind::Digits, "teen", 18, "eighteen, dix huit"},
    {Kind::Digits, "teen", 19, "nineteen, dix neuf"},
    {Kind::Digits, "ten", 20, "twenty, vingt"},
    {Kind::Digits, "ten", 30, "thirty, trente"},
    {Kind::Digits, "ten", 40, "forty, fourty, quarante"},
    {Kind::Digits, "ten", 50, "fifty, cinquante"},
    {Kind::Digits, "ten", 60, "sixty, soixante"},
    {Kind::Digits, "ten", 70, "seventy, septante"},
    {Kind::Digits, "ten", 80, "eighty, quatre vingt, quatre vingts, huitante, octante"},
    {Kind::Digits, "ten", 90, "ninety, nonante"},
    {Kind::Digits, "hundred", 100, "hundred, hundreds, cent, cents"},
    {Kind::Digits, "large", 1e3, "thousand, thousands, mille"},
    {Kind::Digits, "large", 1e6, "million, millions"},
    {Kind::Digits, "large", 1e9, "billion, billions, milliard, milliards"},
    {Kind::Digits, "dozen", 12, "dozen, douzaine, douzaines"},
    {Kind::Digits, "dozen", 10, "dizaine, dizaines"},
    {Kind::Digits, "dozen", 15, "quinzaine"},
    {Kind::Digits, "dozen", 20, "vingtaine"},
    {Kind::Digits, "dozen", 30, "trentaine"},
    {Kind::Digits, "dozen", 40, "quarantaine"},
    {Kind::Digits, "dozen", 50, "cinquantaine"},
    {Kind::Digits, "dozen", 60, "soixantaine"},
    {Kind::Digits, "dozen", 100, "centaine, centaines"},
    {Kind::Digits, "half", 0.5, "half, demi, demie"},
    {Kind::Digits, "odd", kInfinity, "infinity, infinite, inf, infini, infinie, infinies, infinis"},
    {Kind::Digits, "odd", kNotANumber, "nan"},

    {Kind::Unit, "bars", 1, "bar, bars, measure, measures, mesure, mesures"},
    {Kind::Unit, "seconds", 1, "second, seconds, sec, secs, s, seconde, secondes"},
    {Kind::Unit, "minutes", 60, "minute, minutes, mn, mins, minut, minuts"},
    {Kind::Unit, "hours", 3600, "hour, hours, heure, heures, h"},
    {Kind::Unit, "bpm", 1,
     "bpm, beats per minute, beats a minute, beat per minute, quarters per minute, battements par "
     "minute, pulsations par minute, noires par minute, temps par minute, battements a la minute, "
     "noires a la minute, pulsations minute, quarter notes per minute, b p m, bpm par minute, bpm "
     "per minute, battements minute"},
    {Kind::Unit, "beats", 1,
     "temps, beats to the bar, beats per bar, beats per measure, beats to the measure, beats in a "
     "bar, beats in the bar, beats in a measure, beats in the measure, beats a bar, beats a "
     "measure, "
     "temps par mesure, temps dans la mesure, temps a la mesure, battements par mesure"},
    {Kind::Unit, "percent", 0.01, "percent, per cent, pour cent, pourcent"},

    {Kind::NoteValue, "whole", 4, "ronde, whole note, semibreve"},
    {Kind::NoteValue, "dotted half", 3,
     "blanche pointee, dotted half, dotted half note, dotted minim"},
    {Kind::NoteValue, "half", 2, "blanche, half note, minim"},
    {Kind::NoteValue, "dotted quarter", 1.5,
     "noire pointee, dotted quarter, dotted quarter note, dotted crotchet"},
    {Kind::NoteValue, "quarter", 1, "noire, quarter, quarter note, crotchet, metronome"},
    {Kind::NoteValue, "dotted eighth", 0.75, "croche pointee, dotted eighth, dotted eighth note"},
    {Kind::NoteValue, "eighth", 0.5, "croche, croches, eighth, eighth note, quaver"},
    {Kind::NoteValue, "sixteenth", 0.25,
     "double croche, doubles croches, sixteenth, sixteenth note, semiquaver"},
};

}  // namespace

std::span<const Row> number_rows() { return kRows; }

}  // namespace toccata::prompt
