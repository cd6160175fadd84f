//! Numbers, without the loss of a digit.

use core::fmt;

use serde::de::{self, Deserializer, MapAccess, Unexpected, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::form::Number;

/// `number` with `scale` digits behind the point; `None` where that would drop a digit or take too many.
fn with_scale(number: Number, scale: u32) -> Option<Number> {
    let zeros = scale.checked_sub(number.scale())?;
    // The same bound as that of the number itself; more zeros never fit.
    if zeros > 28 {
        return None;
    }
    let mut text = number.to_string();
    if zeros > 0 && number.scale() == 0 {
        text.push('.');
    }
    text.extend((0..zeros).map(|_| '0'));
    parse_number(&text)
}

/// A number as JSON and `Display` write it; `None` where it is none, or cannot be kept exactly.
///
/// ```text
/// number = "-"? digit+ ( "." digit+ )? ( ( "e" | "E" ) ( "+" | "-" )? digit+ )?
/// ```
fn parse_number(text: &str) -> Option<Number> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (digits, ""),
    };
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    if unsigned.is_empty() || !unsigned.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mantissa = [whole, fraction].concat().parse::<i128>().ok()?;
    let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    match u32::try_from(scale) {
        Ok(scale) => Number::from_parts(mantissa, scale),
        Err(_) => Number::from_parts(mantissa.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?, 0),
    }
}

/// Every decimal of so many digits comes back from the float next to it; not every one of 16.
const FLOAT_DIGITS: usize = f64::DIGITS as usize;

/// How many digits `number` has as printed, from its first digit but 0 on.
fn digits(number: Number) -> usize {
    let text = number.to_string();
    text.bytes().filter(u8::is_ascii_digit).skip_while(|&digit| digit == b'0').count()
}

/// Whether a float leads back to `number`, its zeros included.
fn fits_float(number: Number) -> bool {
    digits(number) <= FLOAT_DIGITS
}

impl Serialize for Number {
    /// An integer, a float, or a string: [whichever is exact](crate::serial#numbers).
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        if let Some(whole) = self.to_i64() {
            return serializer.serialize_i64(whole);
        }
        match self.to_string().parse::<f64>() {
            Ok(float) if fits_float(*self) => serializer.serialize_f64(float),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    /// From an integer, a float of at most 15 digits, or a string.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Read::deserialize(deserializer).map(|read| read.number)
    }
}

/// A number as read, and whether through a float.
pub(super) struct Read {
    pub(super) number: Number,
    float: bool,
}

impl Read {
    /// The number with `scale` digits behind the point; `None` where that would drop a digit, take too many, or
    /// where the float may have lost some.
    pub(super) fn with_scale(&self, scale: u32) -> Option<Number> {
        with_scale(self.number, scale).filter(|&scaled| !self.float || fits_float(scaled))
    }
}

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(NumberReader)
        } else {
            deserializer.deserialize_str(NumberReader)
        }
    }
}

struct NumberReader;

impl<'de> Visitor<'de> for NumberReader {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number of at most 28 digits, with more than 15 as a string")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Read, E> {
        Ok(Read { number: Number::from(value), float: false })
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Read, E> {
        self.visit_i128(i128::from(value))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Read, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Read, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Read, E> {
        match parse_number(&value.to_string()) {
            Some(number) if fits_float(number) => Ok(Read { number, float: true }),
            _ => Err(E::invalid_value(Unexpected::Float(value), &self)),
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Read, E> {
        match parse_number(value) {
            Some(number) => Ok(Read { number, float: false }),
            None => Err(E::invalid_value(Unexpected::Str(value), &self)),
        }
    }

    /// How `serde_json` hands out a number with its feature `arbitrary_precision`, which any crate of a build can
    /// switch on for all.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, value)) if key == "$serde_json::private::Number" => self.visit_str(&value),
            _ => Err(de::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, F64Deserializer, I128Deserializer, U64Deserializer};

    use super::*;

    fn number(text: &str) -> Number {
        parse_number(text).unwrap()
    }

    #[test]
    fn a_number_is_written_as_what_holds_it_exactly() {
        for (printed, json) in [
            ("0", "0"),
            ("-3", "-3"),
            ("3.00", "3"),
            ("12.50", "12.5"),
            ("0.1", "0.1"),
            ("-0.07", "-0.07"),
            ("0.00001", "0.00001"),
            ("1234567.89", "1234567.89"),
            ("9007199254740993", "9007199254740993"),
            ("9223372036854775807", "9223372036854775807"),
            ("9223372036854775808", "\"9223372036854775808\""),
            ("100000000000000000000.00", "\"100000000000000000000.00\""),
            ("0.100000000000000", "0.1"),
            ("0.1000000000000000", "\"0.1000000000000000\""),
            ("123456789012345.6", "\"123456789012345.6\""),
            ("12345678901234.5", "12345678901234.5"),
            ("9007199254740993.1", "\"9007199254740993.1\""),
            ("0.1234567890123456789012345678", "\"0.1234567890123456789012345678\""),
            ("1234567890123456789012345.678", "\"1234567890123456789012345.678\""),
        ] {
            let written = serde_json::to_string(&number(printed)).unwrap();
            // Whether a small float has an exponent is the writer's choice.
            let written = if written == "1e-5" { "0.00001".to_owned() } else { written };
            assert_eq!(written, json, "{printed}");
            let read: Number = serde_json::from_str(&written).unwrap();
            assert_eq!(read, number(printed), "{printed}");
            assert_eq!(with_scale(read, number(printed).scale()).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn a_number_is_read_whatever_the_reader_calls() {
        fn read<'de, D: Deserializer<'de, Error = Error>>(from: D) -> Result<String, Error> {
            Number::deserialize(from).map(|number| number.to_string())
        }
        let float = |value: f64| -> F64Deserializer<Error> { value.into_deserializer() };
        assert_eq!(read(float(12.5)).unwrap(), "12.5");
        assert_eq!(read(float(1e-7)).unwrap(), "0.0000001");
        assert_eq!(read(float(99999999999999.9)).unwrap(), "99999999999999.9");
        let large: U64Deserializer<Error> = u64::MAX.into_deserializer();
        assert_eq!(read(large).unwrap(), "18446744073709551615");
        let larger: I128Deserializer<Error> = i128::from(u64::MAX).saturating_mul(10).into_deserializer();
        assert_eq!(read(larger).unwrap(), "184467440737095516150");
        assert_eq!(read("12.50".into_deserializer()).unwrap(), "12.50");
        for value in [f64::NAN, f64::INFINITY, 1e300, 1e22, 0.30000000000000004] {
            assert!(read(float(value)).is_err(), "{value}");
        }
    }

    #[test]
    fn a_float_that_lost_digits_is_not_padded() {
        // What a reader that guesses types makes of "0.10000000000000000001".
        let read = Read { number: number("0.1"), float: true };
        assert_eq!(read.with_scale(20), None);
        assert_eq!(read.with_scale(15).unwrap().to_string(), "0.100000000000000");
        let read = Read { number: number("0.1"), float: false };
        assert_eq!(read.with_scale(20).unwrap().to_string(), "0.10000000000000000000");
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in
            ["", "-", "+1", "1.", ".5", "1,234", "1_000", "--1", "1e", "1e400", "1e-400", "约3", "０", "1 "]
        {
            assert_eq!(parse_number(text), None, "{text:?}");
        }
        assert_eq!(parse_number("1e3").unwrap().to_string(), "1000");
        assert_eq!(parse_number("12.5E-1").unwrap().to_string(), "1.25");
        assert_eq!(parse_number("-0").unwrap().to_string(), "0");
        assert!(serde_json::from_str::<Number>("{\"a\":\"1\"}").is_err());
        assert!(serde_json::from_str::<Number>("null").is_err());
    }
}
