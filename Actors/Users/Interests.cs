namespace WebChat.Actors.Users;

/// <summary>What people like to do and to talk about.</summary>
public static class Interests
{
    /// <summary>How many a profile may name.</summary>
    public const int Most = 10;

    /// <summary>Every key; its place in the list is its bit where interests are held as a set, so new ones go to the end.</summary>
    public static KeyList Keys { get; } = new(
        "animals", "anime", "architecture", "art", "astronomy", "board_games", "boating", "books", "cars", "chess",
        "climbing", "coffee", "comedy", "comics", "cooking", "crafts", "crime_stories", "cycling", "dancing", "design",
        "diving", "economics", "fashion", "films", "fishing", "fitness", "football", "gardening", "hiking", "history",
        "horses", "hunting", "languages", "martial_arts", "meditation", "motorcycles", "museums", "music", "nature",
        "painting", "parties", "philosophy", "photography", "podcasts", "poetry", "politics", "programming", "psychology",
        "religion", "running", "science", "singing", "skiing", "swimming", "technology", "theatre", "travel", "video_games",
        "volunteering", "wine", "writing", "yoga");
}
