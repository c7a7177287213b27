namespace Scoring.SignIn;

/// <summary>Lets a page lead back to the portal's own pages only.</summary>
internal static class LocalAddress
{
    private const int CharsMax = 2048;

    /// <summary>Returns an address if it is a path of this portal, and otherwise another one.</summary>
    public static string Or(string? address, string otherwise) => IsLocal(address) ? address! : otherwise;

    private static bool IsLocal(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.Length <= CharsMax
        && address.All(letter => letter is > ' ' and <= '~'); // a header takes no other, and a browser's own address has no other
}
