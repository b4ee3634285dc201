//! Writing values that were counted elsewhere.

use std::fmt;

use prometheus_client::encoding::{
    DescriptorEncoder, EncodeCounterValue, EncodeGaugeValue, MetricEncoder, NoLabelSet,
};
use prometheus_client::metrics::MetricType;

/// A value that may go up and down.
pub(super) fn gauge(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    value: impl EncodeGaugeValue,
) -> fmt::Result {
    described(encoder, name, help, MetricType::Gauge)?.encode_gauge(&value)
}

/// Values that may go up and down, each with the value of a label.
pub(super) fn gauges<'l, V: EncodeGaugeValue>(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    label: &'static str,
    values: impl IntoIterator<Item = (&'l str, V)>,
) -> fmt::Result {
    let mut metric = described(encoder, name, help, MetricType::Gauge)?;
    for (label_value, value) in values {
        let labels = [(label, label_value)];
        metric.encode_family(&labels)?.encode_gauge(&value)?;
    }
    Ok(())
}

/// A value that only grows; `_total` is put after its name.
pub(super) fn counter(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    value: impl EncodeCounterValue,
) -> fmt::Result {
    let mut metric = described(encoder, name, help, MetricType::Counter)?;
    metric.encode_counter::<NoLabelSet, _, u64>(&value, None)
}

/// A histogram whose values were put into buckets as they came: `counts[i]` is how many were at most `bounds[i]` and
/// above the bound before, and the last one, if there is one count more than bounds, how many were above all.
pub(super) fn histogram(
    encoder: &mut DescriptorEncoder,
    name: &str,
    help: &str,
    bounds: &[f64],
    counts: &[u64],
    sum: f64,
) -> fmt::Result {
    let above = counts.get(bounds.len()).copied().unwrap_or_default();
    let buckets: Vec<(f64, u64)> = bounds
        .iter()
        .copied()
        .zip(counts.iter().copied())
        .chain([(f64::INFINITY, above)])
        .collect();
    let count = buckets.iter().map(|(_, count)| count).sum();
    let mut metric = described(encoder, name, help, MetricType::Histogram)?;
    metric.encode_histogram::<NoLabelSet>(sum, count, &buckets, None)
}

fn described<'e>(
    encoder: &'e mut DescriptorEncoder,
    name: &'e str,
    help: &str,
    kind: MetricType,
) -> Result<MetricEncoder<'e>, fmt::Error> {
    // A sentence, as the library makes of what it is given itself.
    encoder.encode_descriptor(name, &format!("{help}."), None, kind)
}

#[cfg(test)]
mod tests {
    use prometheus_client::collector::Collector;
    use prometheus_client::encoding::text::encode;
    use prometheus_client::registry::Registry;

    use super::*;

    #[derive(Debug)]
    struct Delivery(&'static [u64]);

    impl Collector for Delivery {
        fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
            let bounds = [0.001, 0.01, 0.1];
            histogram(
                &mut encoder,
                "delivery_seconds",
                "Times",
                &bounds,
                self.0,
                1.5,
            )
        }
    }

    fn lines(counts: &'static [u64]) -> Vec<String> {
        let mut registry = Registry::with_prefix("deskwire");
        registry.register_collector(Box::new(Delivery(counts)));
        let mut text = String::new();
        encode(&mut text, &registry).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn buckets_are_exposed_as_sums_up_to_their_bounds() {
        assert_eq!(
            lines(&[4, 3, 2, 1]),
            [
                "# HELP deskwire_delivery_seconds Times.",
                "# TYPE deskwire_delivery_seconds histogram",
                "deskwire_delivery_seconds_sum 1.5",
                "deskwire_delivery_seconds_count 10",
                "deskwire_delivery_seconds_bucket{le=\"0.001\"} 4",
                "deskwire_delivery_seconds_bucket{le=\"0.01\"} 7",
                "deskwire_delivery_seconds_bucket{le=\"0.1\"} 9",
                "deskwire_delivery_seconds_bucket{le=\"+Inf\"} 10",
                "# EOF",
            ]
        );
    }

    #[test]
    fn a_histogram_without_a_count_above_all_bounds_is_whole_too() {
        let lines = lines(&[4, 3, 2]);
        assert!(lines.contains(&"deskwire_delivery_seconds_count 9".to_owned()));
        assert!(lines.contains(&"deskwire_delivery_seconds_bucket{le=\"+Inf\"} 9".to_owned()));
    }
}
