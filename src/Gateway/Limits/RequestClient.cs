using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Scoring.Authentication;

namespace Scoring.Limits;

/// <summary>
/// Names the client of a request for the limits. A client is named by its access token, else by its address; never by what it requests.
/// </summary>
internal sealed class RequestClient
{
    // The host part of an IPv6 address is free for its owner to choose, so it does not tell clients apart.
    private const int NetworkBytes = 8;

    // Hashes the names of people and addresses, so that memory holds no list of people. Each process makes its own key and never writes it.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Returns the client's kind and its name, which is hashed unless it is a source's or a service's registered name.</summary>
    public (RequestClientKind Kind, string Name) Of(HttpContext context)
    {
        var user = context.User;
        if ((user.FindFirstValue(Claims.Source) ?? user.FindFirstValue(Claims.Service)) is { } machine)
            return (RequestClientKind.Machine, machine);
        if (user.FindFirstValue(Claims.Subject) is { } person) return (RequestClientKind.Person, Hash(person));
        return (RequestClientKind.Address, Hash("address " + AddressOf(context.Connection.RemoteIpAddress)));
    }

    private static string AddressOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }

    private string Hash(string name) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(name)));
}

/// <summary>The kinds of clients, which have limits of their own.</summary>
internal enum RequestClientKind
{
    /// <summary>A source or a service.</summary>
    Machine = 1,

    /// <summary>A participant, an auditor or an administrator.</summary>
    Person = 2,

    /// <summary>An address that sent no valid token.</summary>
    Address = 3,
}
