//! Attributes of elements and properties of components.

use proc_macro2::TokenStream;
use quote::quote;
use rstml::node::{KeyedAttribute, KeyedAttributeValue, NodeAttribute};
use syn::ext::IdentExt as _;
use syn::parse::Parser as _;
use syn::spanned::Spanned as _;
use syn::{Expr, Ident};

/// What an attribute says.
pub(crate) enum Attribute<'a> {
    /// `name="text"`: known when the program is compiled.
    Fixed(String, String),
    /// `name=value`, also `attr:name=value`.
    Given(String, &'a Expr),
    /// `on:event=handler`
    On(Ident, &'a Expr),
    /// `prop:name=value`
    Property(String, &'a Expr),
    /// `class:name=whether`
    Class(String, &'a Expr),
    /// `style=(name, value)`
    Style(&'a Expr),
    /// `node_ref=reference`
    Reference(&'a Expr),
}

/// Reads an attribute of an element.
pub(crate) fn of_element(attribute: &NodeAttribute) -> syn::Result<Attribute<'_>> {
    let attribute = keyed(attribute)?;
    let key = key(attribute);
    if let Some((prefix, name)) = key.split_once(':') {
        let value = value(attribute)?;
        return Ok(match prefix {
            "on" => Attribute::On(Ident::new(name, attribute.key.span()), value),
            "prop" => Attribute::Property(name.to_owned(), value),
            "class" => Attribute::Class(name.to_owned(), value),
            "attr" => Attribute::Given(name.to_owned(), value),
            _ => return Err(unknown(attribute)),
        });
    }
    Ok(match (key.as_str(), attribute.value_literal_string()) {
        ("node_ref", _) => Attribute::Reference(value(attribute)?),
        ("style", None) => Attribute::Style(value(attribute)?),
        (_, Some(text)) => Attribute::Fixed(key, text),
        (_, None) if matches!(attribute.possible_value, KeyedAttributeValue::None) => {
            Attribute::Fixed(key, String::new())
        }
        (_, None) => Attribute::Given(key, value(attribute)?),
    })
}

/// What stands in the tag of a component.
pub(crate) enum OfComponent<'a> {
    /// A property, by the call of the builder that sets it.
    Property(TokenStream),
    /// `let:name`: what the component hands to its children.
    Let(Ident),
    /// `on:` or `attr:`: goes to the component's element.
    Through(Attribute<'a>),
}

/// Reads what stands in the tag of a component.
pub(crate) fn of_component(attribute: &NodeAttribute) -> syn::Result<OfComponent<'_>> {
    let of_element = of_element(attribute);
    let attribute = keyed(attribute)?;
    let key = key(attribute);
    match key.split_once(':') {
        Some(("let", name)) => Ok(OfComponent::Let(Ident::new(name, attribute.key.span()))),
        Some(_) => of_element.map(OfComponent::Through),
        None => {
            let name = property(attribute)?;
            let value = value(attribute)?;
            Ok(OfComponent::Property(quote!(.#name(#value))))
        }
    }
}

/// The name of a property; a keyword such as `type` becomes a raw identifier.
fn property(attribute: &KeyedAttribute) -> syn::Result<Ident> {
    let mut name = Ident::parse_any.parse_str(&key(attribute)).map_err(|_| unknown(attribute))?;
    if syn::parse_str::<Ident>(&name.to_string()).is_err() {
        name = Ident::new_raw(&name.to_string(), attribute.key.span());
    }
    name.set_span(attribute.key.span());
    Ok(name)
}

fn keyed(attribute: &NodeAttribute) -> syn::Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => {
            Err(syn::Error::new(block.span(), "an attribute is written as name=value"))
        }
    }
}

fn key(attribute: &KeyedAttribute) -> String {
    attribute.key.to_string().trim_start_matches("r#").to_owned()
}

fn value(attribute: &KeyedAttribute) -> syn::Result<&Expr> {
    attribute
        .value()
        .ok_or_else(|| syn::Error::new(attribute.key.span(), "here a value is missing: name=value"))
}

fn unknown(attribute: &KeyedAttribute) -> syn::Error {
    let message = "`view!` has on:, prop:, class:, attr:, style=(name, value) and node_ref";
    syn::Error::new(attribute.key.span(), message)
}
