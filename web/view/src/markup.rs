//! Elements, components and what stands between them.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use rstml::node::{Node, NodeElement, NodeName};
use syn::spanned::Spanned as _;

use crate::attribute::{self, Attribute, OfComponent};

type Element = NodeElement<rstml::Infallible>;

/// Several nodes side by side; one stands for itself.
pub(crate) fn together(nodes: &[Node]) -> syn::Result<TokenStream> {
    match nodes {
        [Node::Element(element)] => self::element(element),
        [Node::Fragment(fragment)] => together(&fragment.children),
        nodes => {
            let children = children(nodes)?;
            Ok(quote!(::iap_web::dom::fragment()#children))
        }
    }
}

fn children(nodes: &[Node]) -> syn::Result<TokenStream> {
    nodes.iter().map(child).collect()
}

/// The call that puts a node into the one around it.
fn child(node: &Node) -> syn::Result<TokenStream> {
    match node {
        Node::Element(element) => {
            let element = self::element(element)?;
            Ok(quote!(.child(#element)))
        }
        Node::Fragment(fragment) => children(&fragment.children),
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote!(.text(#text)))
        }
        Node::Block(block) => match block.try_block().map(|block| block.stmts.as_slice()) {
            // Braces around one expression would only be in the compiler's way.
            Some([syn::Stmt::Expr(expression, None)]) => Ok(quote!(.child(#expression))),
            _ => Ok(quote!(.child(#block))),
        },
        Node::Comment(_) => Ok(TokenStream::new()),
        Node::RawText(_) | Node::Doctype(_) | Node::Custom(_) => {
            Err(syn::Error::new(node.span(), "write text in quotes, anything else in braces"))
        }
    }
}

fn element(element: &Element) -> syn::Result<TokenStream> {
    let name = element.name();
    let is_component = name
        .to_string()
        .rsplit("::")
        .next()
        .is_some_and(|name| name.starts_with(char::is_uppercase));
    if is_component { component(element, name) } else { plain(element, name) }
}

/// An element of the document. What is known of it now becomes one text: its tag, then names and
/// values of its attributes, divided by NUL.
fn plain(element: &Element, name: &NodeName) -> syn::Result<TokenStream> {
    let mut fixed = name.to_string();
    let mut calls = TokenStream::new();
    for attribute in element.attributes() {
        match attribute::of_element(attribute)? {
            Attribute::Fixed(key, value) => {
                for text in [key, value] {
                    fixed.push('\0');
                    fixed.push_str(&text);
                }
            }
            other => calls.extend(call(&other)),
        }
    }
    let children = children(&element.children)?;
    Ok(quote_spanned!(name.span()=> ::iap_web::dom::element(#fixed)#calls #children))
}

/// The call that gives an element an attribute.
fn call(attribute: &Attribute<'_>) -> TokenStream {
    match attribute {
        Attribute::Fixed(name, value) => quote!(.attribute(#name, #value)),
        Attribute::Given(name, value) => quote!(.attribute(#name, #value)),
        Attribute::On(event, handler) => {
            let name = event.to_string();
            quote!(.on(::leptos::ev::#event, #name, #handler))
        }
        Attribute::Property(name, value) => quote!(.property(#name, #value)),
        Attribute::Class(name, whether) => quote!(.class(#name, #whether)),
        Attribute::Style(style) => quote!(.style(#style)),
        Attribute::Reference(reference) => quote!(.reference(#reference)),
    }
}

fn component(element: &Element, name: &NodeName) -> syn::Result<TokenStream> {
    let mut properties = TokenStream::new();
    let mut through = TokenStream::new();
    let mut handed = None;
    for attribute in element.attributes() {
        match attribute::of_component(attribute)? {
            OfComponent::Property(property) => properties.extend(property),
            OfComponent::Let(name) => handed = Some(name),
            OfComponent::Through(attribute) => through.extend(call(&attribute)),
        }
    }
    if !element.children.is_empty() {
        let content = together(&element.children)?;
        properties.extend(if let Some(name) = handed {
            quote!(.children(::std::boxed::Box::new(move |#name| #content)))
        } else {
            quote!(.children(::iap_web::dom::ToChildren::to_children(move || #content)))
        });
    }
    let name = name.to_token_stream();
    Ok(quote! {{
        let properties = ::leptos::component::component_props_builder(&#name)#properties.build();
        ::leptos::component::component_view(#name, properties)#through
    }})
}
