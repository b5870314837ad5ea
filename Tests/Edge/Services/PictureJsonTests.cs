using System.Net;
using System.Net.Http.Headers;
using WebChat.Clients;
using WebChat.Edge.Pictures;
using WebChat.Tests.Edge.Pictures;
using WebChat.V1;
using static WebChat.Tests.Edge.Pictures.TestPicture;
using RoomMember = WebChat.V1.Member;

namespace WebChat.Tests.Edge.Services;

public class PictureJsonTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string Mine = "/v1/profile/avatar";
    private static readonly byte[] Image = Quarters().With("orientation", 2).In("jpeg");

    [Fact]
    public async Task A_picture_is_returned_upright_with_a_preview()
    {
        var token = (await server.SignUp()).AccessToken;

        Assert.True((await Put(token, Image)).As<Profile>().HasAvatar);

        Assert.True((await server.Call("GET", "/v1/profile", token: token)).As<Profile>().HasAvatar);
        Assert.True((await server.Call("PATCH", "/v1/profile", """{"bio": "tea"}""", token)).As<Profile>().HasAvatar);
        IsAbout(Green, (await Picked(await Get(Mine, token))).ColourAt(.1, .1));
        IsAbout(Green, (await Picked(await Get($"{Mine}/preview", token))).ColourAt(.1, .1), 24);
    }

    [Fact]
    public async Task A_browser_can_only_display_a_picture()
    {
        var token = (await server.SignUp()).AccessToken;
        await Put(token, Image);

        using var answer = await Get(Mine, token);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal(("attachment", "avatar.webp"), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName));
        Assert.Equal((true, true), (answer.Headers.CacheControl?.Private, answer.Headers.CacheControl?.NoCache));
        Assert.Equal(["Authorization"], answer.Headers.Vary);
    }

    [Fact]
    public async Task A_cached_picture_is_not_sent_again()
    {
        var token = (await server.SignUp()).AccessToken;
        await Put(token, Image);
        using var first = await Get(Mine, token);

        using var second = await Get(Mine, token, first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync()).Length));

        await Put(token, Plain(Blue).In("png"));
        using var third = await Get(Mine, token, first.Headers.ETag);
        IsAbout(Blue, (await Picked(third)).ColourAt(.5, .5));
    }

    [Fact]
    public async Task A_removed_picture_is_not_found()
    {
        var token = (await server.SignUp()).AccessToken;
        await Put(token, Image);

        Assert.False((await server.Call("DELETE", Mine, token: token)).As<Profile>().HasAvatar);

        Assert.False((await server.Call("GET", "/v1/profile", token: token)).As<Profile>().HasAvatar);
        (await JsonAnswer.Read(await Get(Mine, token))).IsError(404, "not_found");
        (await JsonAnswer.Read(await Get($"{Mine}/preview", token))).IsError(404, "not_found");
        Assert.False((await server.Call("DELETE", Mine, token: token)).As<Profile>().HasAvatar);
    }

    [Fact]
    public async Task An_invalid_or_too_large_picture_is_refused_and_the_old_one_stays()
    {
        var token = (await server.SignUp()).AccessToken;
        await Put(token, Image);

        (await Put(token, [])).IsError(400, "invalid_argument", "image");
        (await Put(token, "<svg/>"u8.ToArray())).IsError(400, "invalid_argument", "image");
        (await Put(token, Image[..^200])).IsError(400, "invalid_argument", "image");
        (await Put(token, PngHeader(60_000, 60_000))).IsError(400, "invalid_argument", "image");
        (await Put(token, [.. Image, .. new byte[PictureConverter.MaxBytes]])).IsError(429, "too_large", "image");

        IsAbout(Green, (await Picked(await Get(Mine, token))).ColourAt(.1, .1));
    }

    [Fact]
    public async Task Pictures_need_a_token()
    {
        (await JsonAnswer.Read(await Get(Mine, null))).IsError(401, "unauthenticated");
        (await Put(null, Image)).IsError(401, "unauthenticated");
    }

    [Fact]
    public async Task A_partner_sees_nothing_then_the_preview_then_the_picture()
    {
        await using var quick = await EdgeServer.Start(("WebChat:Rooms:PromptAfter", "00:00:01"));
        var (al, bo) = (await quick.SignUp("Al"), await quick.SignUp("Bo"));
        foreach (var caller in new[] { al, bo })
            (await quick.Call("PATCH", "/v1/profile", """{"gender": "OTHER", "birthDate": "2000-01-01"}""", caller.AccessToken)).As<Profile>();
        Assert.True((await Put(quick, al.AccessToken, Image)).As<Profile>().HasAvatar);
        await using var als = await quick.Connect(al);
        await using var bos = await quick.Connect(bo);
        await als.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
        await bos.RequestAsync(new() { Search = new() { Mode = Mode.Chat } });
        var room = (await bos.NextAsync(frame => frame.Match is not null)).Match.Room;
        var alsPicture = $"/v1/rooms/{room.RoomId}/members/{room.Members.Single(Partner).MemberId}/avatar";
        var bosPicture = $"/v1/rooms/{room.RoomId}/members/{room.Members.Single(member => member.You).MemberId}/avatar";

        (await JsonAnswer.Read(await Get(quick, alsPicture, bo.AccessToken))).IsError(403, "permission_denied");
        (await JsonAnswer.Read(await Get(quick, $"{alsPicture}/preview", bo.AccessToken))).IsError(403, "permission_denied");
        await BothLike(room.RoomId, als, bos, level: 1);

        (await JsonAnswer.Read(await Get(quick, alsPicture, bo.AccessToken))).IsError(403, "permission_denied");
        using var preview = await Get(quick, $"{alsPicture}/preview", bo.AccessToken);
        Assert.InRange((await Picked(preview)).Length, 1, 1_024);
        using var own = await Get(quick, $"{Mine}/preview", al.AccessToken);
        Assert.Equal(own.Headers.ETag, preview.Headers.ETag);
        await BothLike(room.RoomId, als, bos, level: 2);

        IsAbout(Green, (await Picked(await Get(quick, alsPicture, bo.AccessToken))).ColourAt(.1, .1));
        (await JsonAnswer.Read(await Get(quick, bosPicture, al.AccessToken))).IsError(404, "not_found");
        (await JsonAnswer.Read(await Get(quick, alsPicture, (await quick.SignUp()).AccessToken))).IsError(403, "permission_denied", "room_id");
        (await JsonAnswer.Read(await Get(quick, alsPicture.Replace(room.Members[0].MemberId, "x").Replace(room.Members[1].MemberId, "x"), bo.AccessToken))).IsError(400, "invalid_argument", "member_id");
    }

    private static bool Partner(RoomMember member) => !member.You;

    private static async Task BothLike(string room, ChatClient first, ChatClient second, int level)
    {
        foreach (var client in new[] { first, second })
        {
            var prompt = (await client.NextAsync(frame => frame.Event?.PromptOpened is not null)).Event.PromptOpened;
            await client.RequestAsync(new() { Answer = new() { RoomId = room, PromptId = prompt.PromptId, Yes = true } });
        }

        foreach (var client in new[] { first, second })
            Assert.Equal(level, (await client.NextAsync(frame => frame.Event?.RevealRaised is not null)).Event.RevealRaised.Level);
    }

    private static async Task<byte[]> Picked(HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode.OK, "image/webp"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<JsonAnswer> Put(EdgeServer server, string? token, byte[] image)
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Put, Mine) { Content = new ByteArrayContent(image) };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await JsonAnswer.Read(await http.SendAsync(request));
    }

    private static async Task<HttpResponseMessage> Get(EdgeServer server, string path, string? token, EntityTagHeaderValue? known = null)
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return await http.SendAsync(request);
    }

    private Task<JsonAnswer> Put(string? token, byte[] image) => Put(server, token, image);

    private Task<HttpResponseMessage> Get(string path, string? token, EntityTagHeaderValue? known = null) => Get(server, path, token, known);
}
