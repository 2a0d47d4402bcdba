//! Traces of requests, for whoever collects them with OpenTelemetry.
//!
//! They go to a collector in OTLP over HTTP. What the standard has environment variables for is read
//! from them by the library: `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`,
//! `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_SERVICE_NAME`.

use std::{env, io};

use async_trait::async_trait;
use axum::body::Bytes;
use axum::http::{Request, Response};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{KeyValue, global};
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{
    ExporterBuildError, Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;
use url::Url;

use crate::outbound::Client;

/// What spans are marked with that go to the collector. What is logged has other spans.
pub const TARGET: &str = "iap::trace";

/// What the server calls itself, where nobody names it.
const NAME: &str = "iap";

/// Traces on their way to a collector.
#[derive(Debug)]
pub struct Traces(SdkTracerProvider);

/// Why there can be no traces.
#[derive(Debug, thiserror::Error)]
pub enum TracesError {
    /// The system's certificates cannot be read.
    #[error(
        "The certificates that this system trusts cannot be read: {0}. Install ca-certificates."
    )]
    Certificates(#[from] io::Error),
    /// What the environment says of traces cannot be.
    #[error("Traces cannot be sent: {0}. Look at the variables that begin with OTEL_.")]
    Setting(#[from] ExporterBuildError),
}

impl Traces {
    /// To the collector at an address such as `http://localhost:4318`. To be called within a runtime,
    /// which then carries them.
    ///
    /// # Errors
    /// [`TracesError`]
    pub fn to(collector: &Url) -> Result<Self, TracesError> {
        let endpoint = format!("{}/v1/traces", collector.as_str().trim_end_matches('/'));
        let client = Client::new(collector.scheme() == "http")?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Carried { client, runtime: Handle::current() })
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(endpoint)
            .build()?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let mut resource = Resource::builder().with_attribute(version);
        if env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name(NAME);
        }
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource.build())
            .build();
        global::set_text_map_propagator(TraceContextPropagator::new());
        Ok(Self(provider))
    }

    /// What takes spans out of the program.
    #[must_use]
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let only = Targets::new().with_target(TARGET, tracing::Level::INFO);
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(NAME))
            .with_location(false)
            .with_threads(false)
            .with_filter(only)
    }

    /// Sends what is left; for some seconds, if the collector does not answer.
    pub async fn finish(self) {
        // It waits for a thread of its own, which waits for the runtime.
        let finished = tokio::task::spawn_blocking(move || self.0.shutdown()).await;
        if !matches!(finished, Ok(Ok(()))) {
            tracing::warn!("the last traces did not reach their collector");
        }
    }
}

/// Carries requests within the runtime: whoever sends them is a thread outside of it.
#[derive(Debug)]
struct Carried {
    client: Client,
    runtime: Handle,
}

#[async_trait]
impl HttpClient for Carried {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let sent = self.runtime.spawn(async move { client.send(request).await });
        Ok(sent.await??)
    }
}
