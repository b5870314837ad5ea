using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using WebChat.Edge.Pictures;
using WebChat.Tests.Edge.Pictures;
using WebChat.V1;

namespace WebChat.Tests.Edge.Services;

public class PictureGrpcTests(EdgeServer server) : IClassFixture<EdgeServer>
{
    private static readonly byte[] Image = TestPicture.Quarters().In("jpeg");

    [Fact]
    public async Task A_picture_is_set_read_and_removed()
    {
        var (users, token) = (new UserService.UserServiceClient(server.Channel), await Bearer());

        Assert.True((await users.SetAvatarAsync(new() { Image = new() { Data = ByteString.CopyFrom(Image) } }, token)).HasAvatar);
        foreach (var picture in new[] { await users.GetAvatarAsync(new(), token), await users.GetAvatarPreviewAsync(new(), token) })
        {
            Assert.Equal("image/webp", picture.ContentType);
            TestPicture.IsAbout(TestPicture.Red, picture.Data.ToByteArray().ColourAt(.1, .1), 24);
        }

        Assert.False((await users.DeleteAvatarAsync(new(), token)).HasAvatar);
        Assert.Equal(StatusCode.NotFound, (await Refused(users.GetAvatarAsync(new(), token))).StatusCode);
        Assert.Equal("image", (await Refused(users.SetAvatarAsync(new(), token))).Field());
    }

    [Fact]
    public async Task A_picture_of_8_MiB_is_accepted_and_one_byte_more_is_too_large()
    {
        var (users, token) = (new UserService.UserServiceClient(server.Channel), await Bearer());
        HttpBody Padded(int length) => new() { Data = ByteString.CopyFrom([.. Image, .. new byte[length - Image.Length]]) };

        Assert.True((await users.SetAvatarAsync(new() { Image = Padded(PictureConverter.MaxBytes) }, token)).HasAvatar);
        var refused = await Refused(users.SetAvatarAsync(new() { Image = Padded(PictureConverter.MaxBytes + 1) }, token));
        Assert.Equal((StatusCode.ResourceExhausted, "too_large", "image"), (refused.StatusCode, refused.Code(), refused.Field()));
    }

    [Fact]
    public async Task A_member_of_a_group_is_not_revealed()
    {
        var (rooms, token) = (new RoomService.RoomServiceClient(server.Channel), await Bearer());
        var room = await rooms.CreateRoomAsync(new() { Name = "Tea", Capacity = 9, Open = true }, token);
        var guest = await Bearer();
        await rooms.JoinRoomAsync(new() { RoomId = room.RoomId }, guest);

        var refused = await Refused(rooms.GetMemberAvatarPreviewAsync(new() { RoomId = room.RoomId, MemberId = room.Members[0].MemberId }, guest));

        Assert.Equal((StatusCode.PermissionDenied, "permission_denied"), (refused.StatusCode, refused.Code()));
    }

    private static async Task<RpcException> Refused<T>(AsyncUnaryCall<T> call) => await Assert.ThrowsAsync<RpcException>(async () => await call);

    private async Task<Metadata> Bearer() => new() { { "authorization", $"Bearer {(await server.SignUp()).AccessToken}" } };
}
