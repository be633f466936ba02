//! The fields that a roster can have: the standard names that columns of a file are mapped to.

use serde::{Deserialize, Serialize};

/// What a column of a roster means. The identifiers are those of `pyramide fields` and of `--map FIELD=COLUMN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Display name of the creator.
    Name,
    /// Account name on the platform, without `@`.
    Handle,
    /// Where the account lives: Instagram, Twitch, …
    Platform,
    /// Audience size in accounts that follow (subscribers on video platforms).
    Followers,
    /// Interactions per post over followers, views or reach; see [`super::decision::RateBasis`].
    EngagementRate,
    /// Interactions of an average post, as a count.
    Engagements,
    /// Likes of an average post.
    Likes,
    /// Comments of an average post.
    Comments,
    /// Shares of an average post.
    Shares,
    /// Views of an average post.
    Views,
    /// Reach of an average post as the file states it; never takes the place of followers.
    Reach,
    /// Number of posts published.
    Posts,
    /// What the account is about: one or several categories.
    Category,
    /// Home town of the creator.
    City,
    /// Province, state or region.
    Region,
    /// Country of the creator.
    Country,
    /// Language of the content.
    Language,
    /// Gender of the creator.
    Gender,
    /// What one post costs, in the roster's currency.
    Price,
    /// Currency of the price.
    Currency,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Address of the profile.
    Url,
    /// Audience quality or credibility as the source of the file scores it.
    Quality,
    /// Brands worked with before.
    PastBrands,
    /// Manager, agency or contact person.
    Contact,
    /// Free text about the account.
    Notes,
    /// Labels given by the owner of the list.
    Tags,
    /// Stage of the relationship.
    Status,
    /// Whether the platform verified the account.
    Verified,
    /// Date of the figures.
    Date,
    /// Text of the profile.
    Bio,
}

/// What the cells of a field hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A whole number of something, suffixes such as K and M allowed.
    Count,
    /// A rate: a fraction, percents or a count, decided per column.
    Rate,
    /// An amount of money.
    Money,
    /// Text that is shown and searched.
    Text,
    /// Text with few distinct values that accounts are grouped and filtered by.
    Facet(Facet),
}

/// The fields that accounts are grouped by. Their cells are interned; a cell may name several values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// See [`Field::Platform`].
    Platform,
    /// See [`Field::Category`].
    Category,
    /// See [`Field::City`].
    City,
    /// See [`Field::Country`].
    Country,
    /// See [`Field::Language`].
    Language,
}

impl Facet {
    /// All facets, in the order in which they are offered as filters.
    pub const ALL: [Facet; 5] = [
        Facet::Platform,
        Facet::Category,
        Facet::City,
        Facet::Country,
        Facet::Language,
    ];

    /// The field that the facet groups by.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Facet::Platform => Field::Platform,
            Facet::Category => Field::Category,
            Facet::City => Field::City,
            Facet::Country => Field::Country,
            Facet::Language => Field::Language,
        }
    }

    /// Position in [`Facet::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

impl Field {
    /// All fields, in the order in which they are listed and exported.
    pub const ALL: [Field; 32] = [
        Field::Name,
        Field::Handle,
        Field::Platform,
        Field::Followers,
        Field::EngagementRate,
        Field::Engagements,
        Field::Likes,
        Field::Comments,
        Field::Shares,
        Field::Views,
        Field::Reach,
        Field::Posts,
        Field::Category,
        Field::City,
        Field::Region,
        Field::Country,
        Field::Language,
        Field::Gender,
        Field::Price,
        Field::Currency,
        Field::Email,
        Field::Phone,
        Field::Url,
        Field::Quality,
        Field::PastBrands,
        Field::Contact,
        Field::Notes,
        Field::Tags,
        Field::Status,
        Field::Verified,
        Field::Date,
        Field::Bio,
    ];

    /// The identifier used on the command line, in JSON and in `assets/fields.toml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Handle => "handle",
            Field::Platform => "platform",
            Field::Followers => "followers",
            Field::EngagementRate => "engagement_rate",
            Field::Engagements => "engagements",
            Field::Likes => "likes",
            Field::Comments => "comments",
            Field::Shares => "shares",
            Field::Views => "views",
            Field::Reach => "reach",
            Field::Posts => "posts",
            Field::Category => "category",
            Field::City => "city",
            Field::Region => "region",
            Field::Country => "country",
            Field::Language => "language",
            Field::Gender => "gender",
            Field::Price => "price",
            Field::Currency => "currency",
            Field::Email => "email",
            Field::Phone => "phone",
            Field::Url => "url",
            Field::Quality => "quality",
            Field::PastBrands => "past_brands",
            Field::Contact => "contact",
            Field::Notes => "notes",
            Field::Tags => "tags",
            Field::Status => "status",
            Field::Verified => "verified",
            Field::Date => "date",
            Field::Bio => "bio",
        }
    }

    /// The field with this identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.id() == id)
    }

    /// What the cells of the field hold.
    #[must_use]
    pub fn kind(self) -> FieldKind {
        match self {
            Field::Followers
            | Field::Engagements
            | Field::Likes
            | Field::Comments
            | Field::Shares
            | Field::Views
            | Field::Reach
            | Field::Posts => FieldKind::Count,
            Field::EngagementRate => FieldKind::Rate,
            Field::Price => FieldKind::Money,
            Field::Platform => FieldKind::Facet(Facet::Platform),
            Field::Category => FieldKind::Facet(Facet::Category),
            Field::City => FieldKind::Facet(Facet::City),
            Field::Country => FieldKind::Facet(Facet::Country),
            Field::Language => FieldKind::Facet(Facet::Language),
            _ => FieldKind::Text,
        }
    }
}
