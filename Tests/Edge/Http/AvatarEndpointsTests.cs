using System.Net;
using System.Net.Http.Headers;
using WebChat.V1;
using Picture = WebChat.Tests.Actors.Users.Avatars.Picture;
using RoomMember = WebChat.V1.Member;

namespace WebChat.Tests.Edge.Http;

public class AvatarEndpointsTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private const string Mine = "/v1/profile/avatar";
    private static readonly byte[] Image = Picture.File("canvas-lossy-alpha.webp");
    private static readonly byte[] CleanImage = Picture.Cleaned(Image).Bytes.ToArray();
    private static readonly byte[] Preview = Picture.File("canvas.jpg");
    private static readonly byte[] CleanPreview = Picture.Cleaned(Preview).Bytes.ToArray();

    [Fact]
    public async Task A_picture_comes_back_without_what_it_told()
    {
        var token = (await server.SignUp()).AccessToken;

        Assert.True((await Put(token, Image, Preview)).As<Profile>().HasAvatar);

        Assert.True((await server.Call("GET", "/v1/profile", token: token)).As<Profile>().HasAvatar);
        Assert.Equal(CleanImage, await Picked(await Get(Mine, token), "image/webp"));
        Assert.Equal(CleanPreview, await Picked(await Get($"{Mine}/preview", token), "image/jpeg"));
    }

    [Fact]
    public async Task A_browser_does_nothing_with_a_picture_but_show_it()
    {
        var token = (await server.SignUp()).AccessToken;
        await Put(token, Image, Preview);

        using var answer = await Get(Mine, token);

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal(("attachment", "avatar.webp"), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileName));
        Assert.Equal((true, true), (answer.Headers.CacheControl?.Private, answer.Headers.CacheControl?.NoCache));
        Assert.Equal(["Authorization"], answer.Headers.Vary);
    }

    [Fact]
    public async Task What_a_browser_has_already_is_not_sent_again()
    {
        var token = (await server.SignUp()).AccessToken;
        await Put(token, Image, Preview);
        using var first = await Get(Mine, token);

        using var second = await Get(Mine, token, first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync()).Length));

        await Put(token, Picture.Png(), Preview);
        using var third = await Get(Mine, token, first.Headers.ETag);
        Assert.Equal(Picture.Png(), await Picked(third, "image/png"));
    }

    [Fact]
    public async Task A_picture_that_was_replaced_or_removed_is_not_on_the_disk_any_more()
    {
        var token = (await server.SignUp()).AccessToken;
        byte[] Own(int width) => Picture.Png(width, height: 17);
        bool IsOnDisk(int width) => Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "avatars"), "*", SearchOption.AllDirectories)
            .Any(file => File.ReadAllBytes(file).AsSpan().SequenceEqual(Own(width)));

        await Put(token, Own(19), Preview);
        Assert.True(IsOnDisk(19));
        await Put(token, Own(20), Preview);
        Assert.Equal((false, true), (IsOnDisk(19), IsOnDisk(20)));
        Assert.False((await server.Call("DELETE", Mine, token: token)).As<Profile>().HasAvatar);
        Assert.False(IsOnDisk(20));

        (await JsonAnswer.Read(await Get(Mine, token))).IsError(404, "not_found");
        (await JsonAnswer.Read(await Get($"{Mine}/preview", token))).IsError(404, "not_found");
        Assert.False((await server.Call("DELETE", Mine, token: token)).As<Profile>().HasAvatar);
    }

    [Fact]
    public async Task A_change_that_the_end_of_the_process_cut_off_is_settled_at_the_next_change()
    {
        var who = await server.SignUp();
        var avatars = Path.Combine(server.DataDirectory, "avatars");
        byte[] orphan = Picture.Png(23, 23);
        var id = WebChat.Actors.Users.Avatars.AvatarId.Of(orphan).Value;
        var path = Path.Combine(avatars, id[..2], id[2..]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, orphan);
        await File.WriteAllTextAsync($"{path}.{who.User.UserId}", "");
        await File.WriteAllTextAsync(Path.Combine(avatars, "changes", who.User.UserId), id);

        await Put(who.AccessToken, Image, Preview);

        Assert.False(File.Exists(path));
        Assert.False(File.Exists(Path.Combine(avatars, "changes", who.User.UserId)));
        Assert.Equal(CleanImage, await Picked(await Get(Mine, who.AccessToken), "image/webp"));
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused_by_its_part()
    {
        var token = (await server.SignUp()).AccessToken;
        (await Put(token, "<svg/>"u8.ToArray(), Preview)).IsError(400, "invalid_argument", "image");
        (await Put(token, Picture.Png(2_049, 1), Preview)).IsError(400, "invalid_argument", "image");
        (await Put(token, Image, Picture.Png(33, 1))).IsError(400, "invalid_argument", "preview");
        (await Put(token, Image, null)).IsError(400, "invalid_argument", "preview");
        (await Put(token, null, Preview)).IsError(400, "invalid_argument", "image");
        (await Put(token, new byte[(2 * 1_024 * 1_024) + 1], Preview)).IsError(429, "too_large", "image");
        (await Put(token, Image, new byte[4_097])).IsError(429, "too_large", "preview");
        Assert.False((await server.Call("GET", "/v1/profile", token: token)).As<Profile>().HasAvatar);
    }

    [Fact]
    public async Task What_is_no_form_is_refused()
    {
        var token = (await server.SignUp()).AccessToken;
        (await server.Call("PUT", Mine, "{}", token)).IsError(400, "invalid_argument");
        using var broken = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=image\r\n\r\nabc"u8.ToArray());
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        (await Put(token, broken)).IsError(400, "invalid_argument");
        using var endless = new ByteArrayContent(new byte[3 * 1_024 * 1_024]);
        endless.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        Assert.Contains((int)(await Put(token, endless)).Status, new[] { 400, 413 });
    }

    [Fact]
    public async Task Without_a_token_there_is_nothing_to_see()
    {
        (await JsonAnswer.Read(await Get(Mine, null))).IsError(401, "unauthenticated");
        (await Put(null, Image, Preview)).IsError(401, "unauthenticated");
    }

    [Fact]
    public async Task A_partner_sees_nothing_then_the_preview_then_the_picture()
    {
        await using var quick = await EdgeServer.Start(("WebChat:Rooms:PromptAfter", "00:00:01"));
        var (al, bo) = (await quick.SignUp("Al"), await quick.SignUp("Bo"));
        foreach (var who in new[] { al, bo })
            (await quick.Call("PATCH", "/v1/profile", """{"gender": "OTHER", "birthDate": "2000-01-01"}""", who.AccessToken)).As<Profile>();
        using var form = Form(Image, Preview);
        Assert.True((await Put(quick, al.AccessToken, form)).As<Profile>().HasAvatar);
        var (alsSocket, _) = await ChatSocket.Hello(quick, al);
        var (bosSocket, _) = await ChatSocket.Hello(quick, bo);
        using var alive = alsSocket;
        using var alsoAlive = bosSocket;
        await alsSocket.Send(new ClientFrame { Id = "s", Search = new() { Mode = Mode.Chat } });
        await bosSocket.Send(new ClientFrame { Id = "s", Search = new() { Mode = Mode.Chat } });
        var room = (await bosSocket.Receive(frame => frame.Match is not null)).Match.Room;
        var alsPicture = $"/v1/rooms/{room.RoomId}/members/{room.Members.Single(Partner).MemberId}/avatar";
        var bosPicture = $"/v1/rooms/{room.RoomId}/members/{room.Members.Single(member => member.You).MemberId}/avatar";

        (await JsonAnswer.Read(await Get(quick, alsPicture, bo.AccessToken))).IsError(403, "permission_denied");
        (await JsonAnswer.Read(await Get(quick, $"{alsPicture}/preview", bo.AccessToken))).IsError(403, "permission_denied");
        await BothLike(room.RoomId, alsSocket, bosSocket, level: 1);

        (await JsonAnswer.Read(await Get(quick, alsPicture, bo.AccessToken))).IsError(403, "permission_denied");
        using var preview = await Get(quick, $"{alsPicture}/preview", bo.AccessToken);
        Assert.Equal(CleanPreview, await Picked(preview, "image/jpeg"));
        using var own = await Get(quick, $"{Mine}/preview", al.AccessToken);
        Assert.Equal(own.Headers.ETag, preview.Headers.ETag);
        await BothLike(room.RoomId, alsSocket, bosSocket, level: 2);

        Assert.Equal(CleanImage, await Picked(await Get(quick, alsPicture, bo.AccessToken), "image/webp"));
        (await JsonAnswer.Read(await Get(quick, bosPicture, al.AccessToken))).IsError(404, "not_found");
        (await JsonAnswer.Read(await Get(quick, alsPicture, (await quick.SignUp()).AccessToken))).IsError(403, "permission_denied", "room_id");
        (await JsonAnswer.Read(await Get(quick, alsPicture.Replace(room.Members[0].MemberId, "x").Replace(room.Members[1].MemberId, "x"), bo.AccessToken))).IsError(400, "invalid_argument", "member_id");
    }

    private static bool Partner(RoomMember member) => !member.You;

    private static async Task BothLike(string room, ChatSocket first, ChatSocket second, int level)
    {
        foreach (var socket in new[] { first, second })
        {
            var prompt = (await socket.Receive(frame => frame.Event?.PromptOpened is not null)).Event.PromptOpened;
            await socket.Send(new ClientFrame { Id = $"{level}", Answer = new() { RoomId = room, PromptId = prompt.PromptId, Yes = true } });
        }

        foreach (var socket in new[] { first, second })
            Assert.Equal(level, (await socket.Receive(frame => frame.Event?.RevealRaised is not null)).Event.RevealRaised.Level);
    }

    private static MultipartFormDataContent Form(byte[]? image, byte[]? preview)
    {
        var form = new MultipartFormDataContent { { new StringContent("passed over"), "comment" } };
        if (image is not null)
            form.Add(new ByteArrayContent(image), "image", "holiday.gif");
        if (preview is not null)
            form.Add(new ByteArrayContent(preview), "preview");
        return form;
    }

    private static async Task<byte[]> Picked(HttpResponseMessage answer, string mediaType)
    {
        Assert.Equal((HttpStatusCode.OK, mediaType), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<JsonAnswer> Put(EdgeServer server, string? token, HttpContent content)
    {
        using var http = new HttpClient { BaseAddress = server.Web };
        using var request = new HttpRequestMessage(HttpMethod.Put, Mine) { Content = content };
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

    private async Task<JsonAnswer> Put(string? token, byte[]? image, byte[]? preview)
    {
        using var form = Form(image, preview);
        return await Put(token, form);
    }

    private Task<JsonAnswer> Put(string? token, HttpContent content) => Put(server, token, content);

    private Task<HttpResponseMessage> Get(string path, string? token, EntityTagHeaderValue? known = null) => Get(server, path, token, known);
}
