using Microsoft.EntityFrameworkCore;

namespace Scoring.Tokens;

/// <summary>Holds clients, authorizations and tokens in the memory of the process.</summary>
internal sealed class TokenStore(DbContextOptions<TokenStore> options) : DbContext(options);
