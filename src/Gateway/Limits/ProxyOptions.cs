using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Scoring.Limits;

/// <summary>
/// The proxies in front of the gateway. Only they may say, in the header <c>X-Forwarded-For</c>, which address a request is from. Without
/// proxies the gateway ignores that header.
/// </summary>
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Gateway:Proxies";

    /// <summary>The addresses of the proxies, or their networks in the form <c>10.0.0.0/8</c>. At most 64.</summary>
    [MaxLength(64)]
    public IList<string> Addresses { get; } = [];

    /// <summary>The maximum number of proxies that a request passes one after another.</summary>
    [Range(1, 16)]
    public int HopsMax { get; set; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Addresses.All(text => TryParse(text, out _)))
            yield return new ValidationResult("Gateway:Proxies:Addresses holds a text that is neither an address nor a network.");
    }

    /// <summary>Parses an address or a network; an address is a network of one.</summary>
    internal static bool TryParse(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network)) return true;
        if (!IPAddress.TryParse(text, out var address)) return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
