namespace WebChat.Actors.Users;

/// <summary>The known interests.</summary>
public static class Interests
{
    /// <summary>The most interests of a profile.</summary>
    public const int Most = 10;

    /// <summary>All keys. The place in the list is the key's bit in a set, so new keys go to the end.</summary>
    public static KeyList Keys { get; } = new(
        "animals", "anime", "architecture", "art", "astronomy", "board_games", "boating", "books", "cars", "chess",
        "climbing", "coffee", "comedy", "comics", "cooking", "crafts", "crime_stories", "cycling", "dancing", "design",
        "diving", "economics", "fashion", "films", "fishing", "fitness", "football", "gardening", "hiking", "history",
        "horses", "hunting", "languages", "martial_arts", "meditation", "motorcycles", "museums", "music", "nature",
        "painting", "parties", "philosophy", "photography", "podcasts", "poetry", "politics", "programming", "psychology",
        "religion", "running", "science", "singing", "skiing", "swimming", "technology", "theatre", "travel", "video_games",
        "volunteering", "wine", "writing", "yoga");
}
