//! A map for few keys.

use alloc::vec::Vec;

/// A map with few keys, kept in order in one piece of memory.
///
/// For tens or hundreds of keys it is as fast as a tree, and takes a tenth of the program: a page
/// is loaded over the air with what it needs. Adding a key moves those behind it, so for
/// thousands a tree is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord + Copy, V> SortedMap<K, V> {
    /// The value of a key; `new` is put there first if there is none.
    pub fn get_or_insert(&mut self, key: K, new: V) -> &mut V {
        let place = match self.0.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(place) => place,
            Err(place) => {
                self.0.insert(place, (key, new));
                place
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the search says where it is")]
        let (_, value) = &mut self.0[place];
        value
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: K) -> Option<&V> {
        let place = self.0.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// Keys and values, from the smallest key to the largest.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::SortedMap;

    #[test]
    fn keys_are_in_order_and_kept_once() {
        let mut map = SortedMap::default();
        for key in [5_u32, 1, 9, 5, 1, 5] {
            *map.get_or_insert(key, 0_u32) += 1;
        }
        assert!(map.iter().eq([(1, &2), (5, &3), (9, &1)]));
        assert_eq!((map.get(9), map.get(2)), (Some(&1), None));
    }
}
