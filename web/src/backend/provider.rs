//! What those need who offer services. There is none of it without a server: who offers a service needs one
//! that their program can call.

use iap_core::api::{
    NewPack, NewService, NewServiceProvider, Pack, PackChange, Revenue, Service, ServiceChange,
    ServiceKey, ServiceProvider, ServiceWithKey,
};
use iap_core::time::Timestamp;

use super::http::{self, Failure};

/// A service that one offers, and what stands beside it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The service.
    pub service: Service,
    /// How many packs of it can be bought.
    pub packs: usize,
    /// What it took lately.
    pub revenue: Option<Revenue>,
}

/// All that is known of a service by those who offer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The service.
    pub service: Service,
    /// Its packs, those that cannot be bought included.
    pub packs: Vec<Pack>,
    /// Who offers it.
    pub providers: Vec<ServiceProvider>,
}

/// The services that one offers, by their labels, and what they took between two moments.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn offers(lately: &[Timestamp]) -> Result<Vec<Offer>, Failure> {
    let services: Vec<Service> = http::get("/services").await?;
    let mut offers = Vec::new();
    // Only of one's own services is told what they earn.
    for revenue in revenue(lately).await? {
        let Some(service) = services.iter().find(|it| it.id == revenue.service) else { continue };
        let packs = packs(service.id).await?.iter().filter(|pack| pack.offered).count();
        offers.push(Offer { service: service.clone(), packs, revenue: Some(revenue) });
    }
    Ok(offers)
}

/// What one's services took and earned between each of the edges and the next.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn revenue(edges: &[Timestamp]) -> Result<Vec<Revenue>, Failure> {
    http::get(&format!("/revenue?edges={}", written(edges))).await
}

/// Where the file lies that says what is to be paid to whom.
#[must_use]
pub fn payouts(edges: &[Timestamp]) -> String {
    format!("/api/v1/payouts.csv?edges={}", written(edges))
}

fn written(edges: &[Timestamp]) -> String {
    edges.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// A service with its packs and those who offer it.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn offered(service: i64) -> Result<Offered, Failure> {
    Ok(Offered {
        service: http::get(&format!("/services/{service}")).await?,
        packs: packs(service).await?,
        providers: http::get(&format!("/services/{service}/providers")).await?,
    })
}

async fn packs(service: i64) -> Result<Vec<Pack>, Failure> {
    http::get(&format!("/services/{service}/packs")).await
}

/// Offers a service.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn offer(new: &NewService) -> Result<ServiceWithKey, Failure> {
    http::post("/services", new).await
}

/// Changes a service.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn change(service: i64, change: &ServiceChange) -> Result<(), Failure> {
    http::patch(&format!("/services/{service}"), change).await
}

/// Makes a new key for a service; the one before opens nothing any more.
///
/// # Errors
/// [`Failure`] where the server makes none.
pub async fn renew_key(service: i64) -> Result<ServiceKey, Failure> {
    http::post(&format!("/services/{service}/key"), &()).await
}

/// Sells a pack.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn add_pack(service: i64, new: &NewPack) -> Result<Pack, Failure> {
    http::post(&format!("/services/{service}/packs"), new).await
}

/// Changes a pack.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn change_pack(pack: i64, change: &PackChange) -> Result<(), Failure> {
    http::patch(&format!("/packs/{pack}"), change).await
}

/// Lets somebody offer a service.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn add_provider(service: i64, new: &NewServiceProvider) -> Result<(), Failure> {
    let path = format!("/services/{service}/providers");
    http::post::<Vec<ServiceProvider>>(&path, new).await.map(drop)
}

/// Lets somebody offer it no longer.
///
/// # Errors
/// [`Failure`] where the server does not.
pub async fn remove_provider(service: i64, user: i64) -> Result<(), Failure> {
    http::delete(&format!("/services/{service}/providers/{user}")).await
}
