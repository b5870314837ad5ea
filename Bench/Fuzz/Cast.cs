using WebChat.Bench.Load;
using WebChat.Clients;
using WebChat.V1;

namespace WebChat.Bench.Fuzz;

/// <summary>Some users with rooms, messages and open prompts, for inputs to concern. New ones are made as inputs spoil them.</summary>
internal sealed class Cast
{
    /// <summary>The password of all users.</summary>
    public const string Password = "correct horse battery";

    /// <summary>A PNG of one pixel.</summary>
    public static readonly byte[] Picture =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static readonly TimeSpan MatchPatience = TimeSpan.FromSeconds(10);
    private static int Casts;

    private Cast(IReadOnlyList<string> tokens) => Tokens = tokens;

    /// <summary>What inputs are made of.</summary>
    public Vocabulary Vocabulary { get; } = new();

    /// <summary>The access tokens of the users and of an admin.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>Makes two users that are in a group and in a pair, with messages in both.</summary>
    public static async Task<Cast> CreateAsync(WebChatServer server, Credentials admin)
    {
        // An age of their own, so that they are matched with each other.
        var age = 18 + (Interlocked.Increment(ref Casts) % 100);
        var profile = new Profile { BirthDate = $"{DateTime.UtcNow.Year - age - 1}-12-31", Gender = Profile.Types.Gender.Other, AgeMin = age, AgeMax = age };
        var users = await server.ConnectAsync(2, ChatTransport.Binary, _ => profile);
        var ((ann, first), (bob, second)) = (users[0], users[1]);
        var cast = new Cast([ann.AccessToken, bob.AccessToken, admin.AccessToken]);
        cast.Learn(ann, bob, new User { Username = "root" });
        var group = await server.Api.CreateRoomAsync(ann.AccessToken, new() { Name = "Tea", Capacity = 5, Open = true });
        cast.Learn(group, await second.RequestAsync(new() { Join = new() { RoomId = group.RoomId } }), await SayAsync(first, group.RoomId));
        await Task.WhenAll(users.Select(user => user.Client.RequestAsync(new() { Search = new() { Mode = Mode.Chat } })));
        try
        {
            var pair = (await first.NextAsync(frame => frame.Match is not null).WaitAsync(MatchPatience)).Match.Room;
            cast.Learn(pair, await SayAsync(first, pair.RoomId), await SayAsync(second, pair.RoomId));
            await first.RequestAsync(new() { Keep = new() { RoomId = pair.RoomId } });
            cast.Learn(await first.NextAsync(frame => frame.Event?.PromptOpened is not null).WaitAsync(MatchPatience));
        }
        catch (TimeoutException)
        {
            // The search of a fuzzed user took one of the two: without a pair the others are still there.
        }

        await Task.WhenAll(users.Select(user => user.Client.DisposeAsync().AsTask()));
        return cast;
    }

    private static Task<ServerFrame> SayAsync(ChatClient client, string room) =>
        client.RequestAsync(new() { Send = new() { RoomId = room, ClientId = "first", Text = "hello" } });

    private void Learn(params IEnumerable<Google.Protobuf.IMessage> messages)
    {
        foreach (var message in messages)
            Vocabulary.Learn(message);
    }
}
