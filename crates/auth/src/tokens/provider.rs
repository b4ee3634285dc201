//! The only cryptography that tokens may use: HMAC-SHA-256.
//!
//! jsonwebtoken is built without a backend, so this provider is all there is: another algorithm is an
//! error and not a choice, whatever a token's header asks for.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind, Result, new_error};
use jsonwebtoken::signature::{self, Signer, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};
use sha2::Sha256;

static HS256_ONLY: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: verifier,
    key_utils: KeyUtils {
        rsa_pub_components_from_private_key: |_| Err(unsupported()),
        rsa_pub_components_from_public_key: |_| Err(unsupported()),
        ec_pub_components_from_private_key: |_, _| Err(unsupported()),
        ed_pub_components_from_private_key: |_, _| Err(unsupported()),
        compute_digest: |_, _| Err(unsupported()),
    },
};

/// Makes [`HS256_ONLY`] the provider of this process. Calling it again changes nothing.
pub(super) fn install() {
    // The error says that a provider is there already, and only this function installs one.
    let _ = HS256_ONLY.install_default();
}

struct Hs256(Hmac<Sha256>);

impl Hs256 {
    fn new(family: AlgorithmFamily, algorithm: Algorithm, key: &[u8]) -> Result<Hs256> {
        if algorithm != Algorithm::HS256 || family != AlgorithmFamily::Hmac {
            return Err(unsupported());
        }
        Hmac::new_from_slice(key)
            .map(Hs256)
            .map_err(|_| new_error(ErrorKind::InvalidKeyFormat))
    }

    fn over(&self, message: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(message);
        mac
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, signature::Error> {
        Ok(self.over(message).finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(
        &self,
        message: &[u8],
        signature: &Vec<u8>,
    ) -> std::result::Result<(), signature::Error> {
        // In constant time, and only at full length.
        self.over(message)
            .verify_slice(signature)
            .map_err(|_| signature::Error::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    Ok(Box::new(Hs256::new(
        key.family(),
        *algorithm,
        key.as_bytes(),
    )?))
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    let bytes = key.try_get_as_bytes()?;
    Ok(Box::new(Hs256::new(key.family(), *algorithm, bytes)?))
}

fn unsupported() -> Error {
    new_error(ErrorKind::UnsupportedAlgorithm)
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::jwk::ThumbprintHash;

    use super::*;

    const OTHERS: [Algorithm; 11] = [
        Algorithm::HS384,
        Algorithm::HS512,
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::RS256,
        Algorithm::RS384,
        Algorithm::RS512,
        Algorithm::PS256,
        Algorithm::PS384,
        Algorithm::PS512,
        Algorithm::EdDSA,
    ];

    #[test]
    fn every_other_algorithm_is_an_error() {
        install();
        install();
        let (signing, verifying) = (
            EncodingKey::from_secret(&[7; 32]),
            DecodingKey::from_secret(&[7; 32]),
        );
        for algorithm in OTHERS {
            assert!(jsonwebtoken::crypto::sign(b"m", &signing, algorithm).is_err());
            assert!(jsonwebtoken::crypto::verify("c2ln", b"m", &verifying, algorithm).is_err());
        }
    }

    #[test]
    fn keys_of_other_families_are_an_error() {
        install();
        for key in [
            DecodingKey::from_ed_der(&[7; 32]),
            DecodingKey::from_ec_der(&[7; 32]),
            DecodingKey::from_rsa_der(&[7; 32]),
            DecodingKey::from_rsa_raw_components(&[7; 32], &[1, 0, 1]),
        ] {
            for algorithm in [Algorithm::HS256, Algorithm::EdDSA, Algorithm::RS256] {
                assert!(jsonwebtoken::crypto::verify("c2ln", b"m", &key, algorithm).is_err());
            }
        }
    }

    #[test]
    fn key_utilities_answer_with_errors() {
        let utils = &HS256_ONLY.key_utils;
        assert!((utils.rsa_pub_components_from_private_key)(&[]).is_err());
        assert!((utils.rsa_pub_components_from_public_key)(&[]).is_err());
        assert!((utils.ec_pub_components_from_private_key)(&[], Algorithm::ES256).is_err());
        assert!((utils.compute_digest)(&[], ThumbprintHash::SHA256).is_err());
    }

    #[test]
    fn signatures_are_hmac_sha_256() {
        // RFC 4231, test case 2.
        let key = EncodingKey::from_secret(b"Jefe");
        let signature = signer(&Algorithm::HS256, &key)
            .unwrap()
            .try_sign(b"what do ya want for nothing?")
            .unwrap();
        let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn a_shortened_signature_is_refused() {
        let key = DecodingKey::from_secret(&[7; 32]);
        let full = Hs256::new(AlgorithmFamily::Hmac, Algorithm::HS256, &[7; 32])
            .unwrap()
            .try_sign(b"m")
            .unwrap();
        let verifier = verifier(&Algorithm::HS256, &key).unwrap();
        assert!(verifier.verify(b"m", &full).is_ok());
        assert!(verifier.verify(b"m", &full[..31].to_vec()).is_err());
        assert!(verifier.verify(b"m", &Vec::new()).is_err());
    }
}
