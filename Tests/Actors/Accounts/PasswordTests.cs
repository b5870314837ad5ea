using System.Text;
using WebChat.Actors.Accounts;

namespace WebChat.Tests.Actors.Accounts;

public class PasswordTests
{
    [Theory]
    [InlineData("café café")]
    [InlineData("가나다라마바사아")]
    [InlineData("Trường Sơn")]
    public void Composed_and_decomposed_characters_give_the_same_password(string text)
    {
        Assert.True(Password.TryParse(text.Normalize(NormalizationForm.FormC), out var composed));
        Assert.True(Password.TryParse(text.Normalize(NormalizationForm.FormD), out var decomposed));
        Assert.Equal(composed, decomposed);
    }

    [Theory]
    [InlineData(0x00A0)]
    [InlineData(0x2003)]
    [InlineData(0x3000)]
    public void Every_space_becomes_the_same_space(int space)
    {
        Assert.True(Password.TryParse("correct horse", out var typed));
        Assert.True(Password.TryParse($"correct{new Rune(space)}horse", out var other));
        Assert.Equal(typed, other);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void The_length_counts_scalar_values(int length, bool allowed)
    {
        Assert.Equal(allowed, Password.TryParse(new string('a', length), out _));
        Assert.Equal(allowed, Password.TryParse(string.Concat(Enumerable.Repeat("😀", length)), out _));
        Assert.Equal(allowed, Password.TryParse(string.Concat(Enumerable.Repeat("e\u0301", length)), out _));
    }

    [Theory]
    [InlineData("correct\thorse")]
    [InlineData("correct\nhorse")]
    [InlineData("correct\0horse")]
    [InlineData("correct\u0085horse")]
    [InlineData("")]
    [InlineData(null)]
    public void Control_characters_and_missing_text_are_refused(string? text) => Assert.False(Password.TryParse(text, out _));

    [Fact]
    public void Case_and_outer_spaces_are_significant()
    {
        Assert.True(Password.TryParse(" Correct Horse ", out var password));
        Assert.Equal(" Correct Horse ", password.Value);
    }

    [Fact]
    public void Passwords_and_hashes_do_not_appear_as_text()
    {
        Assert.True(Password.TryParse("correct horse", out var password));
        Assert.Equal("***", $"{password}");
        Assert.Equal("***", $"{new PasswordHash("$2a$12$")}");
    }
}
