using Google.Protobuf;
using Grpc.Core;
using WebChat.V1;
using Picture = WebChat.Tests.Actors.Users.Avatars.Picture;

namespace WebChat.Tests.Edge.Services;

public class AvatarGrpcTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private static readonly ByteString Preview = ByteString.CopyFrom(Picture.File("canvas.jpg"));

    [Fact]
    public async Task A_picture_is_set_looked_at_and_removed()
    {
        var (users, token) = (new UserService.UserServiceClient(server.Channel), await Bearer());
        var image = Picture.File("canvas-lossless.webp");

        Assert.True((await users.SetAvatarAsync(new() { Image = ByteString.CopyFrom(image), Preview = Preview }, token)).HasAvatar);
        var picture = await users.GetAvatarAsync(new(), token);
        Assert.Equal("image/webp", picture.MediaType);
        Assert.Equal(Picture.Cleaned(image).Bytes.ToArray(), picture.Data.ToByteArray());
        Assert.Equal("image/jpeg", (await users.GetAvatarAsync(new() { Preview = true }, token)).MediaType);

        Assert.False((await users.DeleteAvatarAsync(new(), token)).HasAvatar);
        Assert.Equal(StatusCode.NotFound, (await Refused(users.GetAvatarAsync(new(), token))).StatusCode);
    }

    [Fact]
    public async Task A_picture_of_two_mebibytes_comes_through_and_one_byte_more_is_told_to_be_too_much()
    {
        var (users, token) = (new UserService.UserServiceClient(server.Channel), await Bearer());
        byte[] Padded(int length) => [.. Picture.Png(), .. new byte[length - Picture.Png().Length]];

        Assert.True((await users.SetAvatarAsync(new() { Image = ByteString.CopyFrom(Padded(2 * 1_024 * 1_024)), Preview = Preview }, token)).HasAvatar);
        var refused = await Refused(users.SetAvatarAsync(new() { Image = ByteString.CopyFrom(Padded((2 * 1_024 * 1_024) + 1)), Preview = Preview }, token));
        Assert.Equal((StatusCode.ResourceExhausted, "too_large", "image"), (refused.StatusCode, refused.Code(), refused.Field()));
    }

    [Fact]
    public async Task A_member_of_a_group_is_not_revealed()
    {
        var (rooms, token) = (new RoomService.RoomServiceClient(server.Channel), await Bearer());
        var room = await rooms.CreateRoomAsync(new() { Name = "Tea", Capacity = 9, Open = true }, token);
        var guest = await Bearer();
        await rooms.JoinRoomAsync(new() { RoomId = room.RoomId }, guest);

        var refused = await Refused(rooms.GetMemberAvatarAsync(new() { RoomId = room.RoomId, MemberId = room.Members[0].MemberId, Preview = true }, guest));

        Assert.Equal((StatusCode.PermissionDenied, "permission_denied"), (refused.StatusCode, refused.Code()));
    }

    private static async Task<RpcException> Refused<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);

    private async Task<Metadata> Bearer() => new() { { "authorization", $"Bearer {(await server.SignUp()).AccessToken}" } };
}
